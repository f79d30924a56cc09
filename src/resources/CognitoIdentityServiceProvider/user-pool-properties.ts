/** A user pool's properties. Long because it is one list of them. Limits and defaults: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html */
import * as z from "zod";
import { isEmpty, type JsonObject, type JsonValue } from "../../model/values.ts";
import { own } from "../../model/own.ts";
import { type Facts, optional, required } from "../facts.ts";
import { objectOf } from "../live-values.ts";
import { attribute, spelledSchema } from "./user-pool-attributes.ts";
import {
  arnText,
  enumText,
  flag,
  limitedText,
  patternText,
  properties,
  tags,
  textList,
  wholeNumber,
} from "../schema.ts";

function at(given: JsonObject, path: string): JsonValue | undefined {
  return path.split(".").reduce<JsonValue | undefined>((value, key) => own(objectOf(value), key), given);
}

/** AWS fills it in, so it is only compared where the spec gives it. */
const onlyIfGiven = (path: string): Facts => ({
  ignored: (_given, { wanted }) => isEmpty(at(wanted, path)),
});

/** AWS answers one of two spellings of a setting in the other too: it is not compared where the spec gives only that one. */
const mirrors = (path: string, other: string): Facts => ({
  ignored: (_given, { wanted }) => isEmpty(at(wanted, path)) && !isEmpty(at(wanted, other)),
});

const TEMPLATE = "VerificationMessageTemplate";
const functionArn = () => arnText("lambda");
const withCode = (most: number) =>
  patternText(
    new RegExp(String.raw`^(?=[\s\S]{6,${most}}$)[\s\S]*\{####\}`),
    "a message with {####} for the code",
  );
const subject = () =>
  patternText(/^[\p{L}\p{M}\p{S}\p{N}\p{P}\s]{0,140}$/u, "a subject of at most 140 characters");

const trigger = (says: string) => optional(functionArn(), `Function that Cognito calls ${says}.`);
const versioned = (says: string, ...versions: [string, ...string[]]) =>
  properties({
    LambdaVersion: required(enumText(...versions), "Version of the event."),
    LambdaArn: required(functionArn(), `Function that ${says}.`),
  });

const required8 = (says: string) => optional(flag(), `Whether passwords need ${says}.`, { default: true });

export const poolProperties = properties({
  PoolName: required(
    patternText(/^[\w\s+=,.@-]{1,128}$/, "a user pool's name: letters, digits, spaces and + = , . @ -"),
    "Name of the user pool, also its name in the spec.",
  ),
  Policies: optional(
    properties({
      PasswordPolicy: optional(
        properties({
          MinimumLength: optional(wholeNumber(6, 99), "The least number of characters.", { default: 8 }),
          RequireUppercase: required8("a capital letter"),
          RequireLowercase: required8("a small letter"),
          RequireNumbers: required8("a digit"),
          RequireSymbols: required8("another character"),
          PasswordHistorySize: optional(wholeNumber(0, 24), "How many old passwords are refused.", {
            ignored: (_given, _around, value) => value === 0,
          }),
          TemporaryPasswordValidityDays: optional(
            wholeNumber(0, 365),
            "Days in which a temporary password must be changed.",
            { default: 7 },
          ),
        }),
        "What passwords must be like.",
        { default: {}, defaultWords: "AWS's own" },
      ),
      SignInPolicy: optional(
        properties({
          AllowedFirstAuthFactors: optional(
            z.array(enumText("PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN", "SOFTWARE_TOKEN")).max(5),
            "How a sign-in may begin.",
            { unordered: true },
          ),
        }),
        "How users may sign in.",
        onlyIfGiven("Policies.SignInPolicy"),
      ),
    }),
    "Rules for passwords and for signing in.",
    { default: {}, defaultWords: "AWS's own" },
  ),
  DeletionProtection: optional(
    enumText("ACTIVE", "INACTIVE"),
    "Whether AWS refuses deletion, including by Gatewright, until it is INACTIVE.",
    { default: "INACTIVE" },
  ),
  LambdaConfig: optional(
    properties({
      PreSignUp: trigger("before a user signs up"),
      CustomMessage: trigger("for the text of messages"),
      PostConfirmation: trigger("after a user was confirmed"),
      PreAuthentication: trigger("before a sign-in"),
      PostAuthentication: trigger("after a sign-in"),
      DefineAuthChallenge: trigger("to choose a challenge"),
      CreateAuthChallenge: trigger("to make a challenge"),
      VerifyAuthChallengeResponse: trigger("to judge the answer to a challenge"),
      UserMigration: trigger("for users that it does not know"),
      PreTokenGeneration: optional(functionArn(), "Function that changes tokens, events of version V1_0.", {
        ...mirrors("LambdaConfig.PreTokenGeneration", "LambdaConfig.PreTokenGenerationConfig"),
      }),
      PreTokenGenerationConfig: optional(
        versioned("changes tokens", "V1_0", "V2_0", "V3_0"),
        "The same, with the version of the event.",
        mirrors("LambdaConfig.PreTokenGenerationConfig", "LambdaConfig.PreTokenGeneration"),
      ),
      CustomSMSSender: optional(versioned("sends SMS", "V1_0"), "Sends SMS in Cognito's place."),
      CustomEmailSender: optional(versioned("sends e-mail", "V1_0"), "Sends e-mail in Cognito's place."),
      KMSKeyID: optional(arnText("kms"), "Key that encrypts codes for the custom senders."),
    }),
    "Functions that Cognito calls; each needs a Permission for cognito-idp.amazonaws.com.",
  ),
  AutoVerifiedAttributes: optional(
    textList(enumText("phone_number", "email")),
    "What Cognito verifies by itself.",
    { unordered: true },
  ),
  AliasAttributes: optional(
    textList(enumText("phone_number", "email", "preferred_username")),
    "What users may sign in with beside their name.",
    { unordered: true, createOnly: true },
  ),
  UsernameAttributes: optional(
    textList(enumText("phone_number", "email")),
    "What users sign in with in place of a name.",
    { unordered: true, createOnly: true },
  ),
  UsernameConfiguration: optional(
    properties({ CaseSensitive: required(flag(), "Whether `A` and `a` are two.") }),
    "How names are compared.",
    { ...onlyIfGiven("UsernameConfiguration"), createOnly: true },
  ),
  Schema: optional(
    z.array(attribute).max(50),
    "Attributes of users: custom ones, and standard ones that are to be otherwise than AWS has them. A custom one can be added in place.",
    { unordered: true, spelling: spelledSchema },
  ),
  SmsVerificationMessage: optional(
    withCode(140),
    "Text of the SMS with a code.",
    mirrors("SmsVerificationMessage", `${TEMPLATE}.SmsMessage`),
  ),
  EmailVerificationMessage: optional(
    withCode(20_000),
    "Text of the e-mail with a code.",
    mirrors("EmailVerificationMessage", `${TEMPLATE}.EmailMessage`),
  ),
  EmailVerificationSubject: optional(
    subject(),
    "Subject of the e-mail with a code.",
    mirrors("EmailVerificationSubject", `${TEMPLATE}.EmailSubject`),
  ),
  [TEMPLATE]: optional(
    properties({
      SmsMessage: optional(
        withCode(140),
        "Text of the SMS with a code.",
        mirrors(`${TEMPLATE}.SmsMessage`, "SmsVerificationMessage"),
      ),
      EmailMessage: optional(
        withCode(20_000),
        "Text of the e-mail with a code.",
        mirrors(`${TEMPLATE}.EmailMessage`, "EmailVerificationMessage"),
      ),
      EmailSubject: optional(
        subject(),
        "Its subject.",
        mirrors(`${TEMPLATE}.EmailSubject`, "EmailVerificationSubject"),
      ),
      EmailMessageByLink: optional(
        patternText(/^(?=[\s\S]{6,20000}$)[\s\S]*\{##[\s\S]*##\}/, "a message with {##the link's words##}"),
        "Text of the e-mail with a link.",
      ),
      EmailSubjectByLink: optional(subject(), "Its subject."),
      DefaultEmailOption: optional(
        enumText("CONFIRM_WITH_LINK", "CONFIRM_WITH_CODE"),
        "What e-mails contain.",
        { default: "CONFIRM_WITH_CODE" },
      ),
    }),
    "Messages that verify an address.",
    { default: {}, defaultWords: "AWS's own texts, with a code" },
  ),
  SmsAuthenticationMessage: optional(withCode(140), "Text of the SMS that completes a sign-in."),
  MfaConfiguration: optional(enumText("OFF", "ON", "OPTIONAL"), "Whether a second factor is needed.", {
    default: "OFF",
  }),
  EnabledMfas: optional(
    textList(enumText("SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP")),
    "Second factors, where MfaConfiguration is not OFF.",
    { ...onlyIfGiven("EnabledMfas"), unordered: true, defaultWords: "AWS's own: SMS" },
  ),
  UserAttributeUpdateSettings: optional(
    properties({
      AttributesRequireVerificationBeforeUpdate: required(
        textList(enumText("phone_number", "email")),
        "What keeps its old value until the new one is verified.",
        { unordered: true },
      ),
    }),
    "How changed addresses are verified.",
  ),
  DeviceConfiguration: optional(
    properties({
      ChallengeRequiredOnNewDevice: optional(flag(), "Whether a new device is challenged.", {
        default: false,
      }),
      DeviceOnlyRememberedOnUserPrompt: optional(flag(), "Whether devices are only remembered on demand.", {
        default: false,
      }),
    }),
    "How devices are remembered.",
  ),
  EmailConfiguration: optional(
    properties({
      SourceArn: optional(arnText("ses"), "SES identity that sends."),
      ReplyToEmailAddress: optional(
        patternText(/^([\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+)?$/u, "an e-mail address"),
        "Where answers go.",
      ),
      EmailSendingAccount: optional(enumText("COGNITO_DEFAULT", "DEVELOPER"), "Who sends.", {
        default: "COGNITO_DEFAULT",
      }),
      From: optional(limitedText(131_072), "Sender of the e-mail."),
      ConfigurationSet: optional(
        patternText(/^[\w-]{1,64}$/, "a configuration set's name"),
        "SES configuration set.",
      ),
    }),
    "How e-mail is sent.",
    { default: {}, defaultWords: "by Cognito" },
  ),
  SmsConfiguration: optional(
    properties({
      SnsCallerArn: required(arnText("iam"), "Role with which Cognito sends SMS."),
      ExternalId: optional(limitedText(131_072), "What the role's trust policy asks for."),
      SnsRegion: optional(
        limitedText(32, 5),
        "Region that sends. Default: the pool's.",
        onlyIfGiven("SmsConfiguration.SnsRegion"),
      ),
    }),
    "How SMS is sent.",
  ),
  AdminCreateUserConfig: optional(
    properties({
      AllowAdminCreateUserOnly: optional(flag(), "Whether users cannot sign up themselves.", {
        default: false,
      }),
      InviteMessageTemplate: optional(
        properties({
          SMSMessage: optional(limitedText(140, 6), "Text of the SMS."),
          EmailMessage: optional(limitedText(20_000, 6), "Text of the e-mail."),
          EmailSubject: optional(subject(), "Its subject."),
        }),
        "Messages to users that an administrator creates.",
      ),
    }),
    "How users come to be.",
    { default: {}, defaultWords: "anyone may sign up" },
  ),
  UserPoolAddOns: optional(
    properties({
      AdvancedSecurityMode: required(enumText("OFF", "AUDIT", "ENFORCED"), "Threat protection.", {
        ignored: (_given, { wanted }, value) => value === "OFF" && isEmpty(at(wanted, "UserPoolAddOns")),
      }),
      AdvancedSecurityAdditionalFlows: optional(
        properties({
          CustomAuthMode: optional(enumText("AUDIT", "ENFORCED"), "Threat protection of custom sign-in."),
        }),
        "Threat protection elsewhere.",
      ),
    }),
    "Threat protection.",
  ),
  AccountRecoverySetting: optional(
    properties({
      RecoveryMechanisms: optional(
        z
          .array(
            properties({
              Priority: required(wholeNumber(1, 2), "1 comes first."),
              Name: required(
                enumText("verified_email", "verified_phone_number", "admin_only"),
                "By what the user is known.",
              ),
            }),
          )
          .max(2),
        "The ways, by priority.",
        { unordered: true },
      ),
    }),
    "How a forgotten password is replaced.",
    onlyIfGiven("AccountRecoverySetting"),
  ),
  UserPoolTier: optional(enumText("LITE", "ESSENTIALS", "PLUS"), "Plan of features.", {
    default: "ESSENTIALS",
  }),
  Tags: tags(),
});
