// Invoked by others, with whatever event they send.
package main

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"
)

func main() {
	lambda.Start(func(_ context.Context, event any) (any, error) {
		return event, nil
	})
}
