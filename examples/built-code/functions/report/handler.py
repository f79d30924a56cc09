"""GET /report: Python with a package that pip installs beside it."""

import json

import humanize


def handler(event, context):
    return {"statusCode": 200, "body": json.dumps({"pieces": humanize.intcomma(1204)})}
