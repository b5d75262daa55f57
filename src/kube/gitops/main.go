// gitops: what the engines of Argo CD and Flux make of objects, by their own code.
//
//	gitops status  of each object on standard input (JSON, one after the other): what kstatus says, as Flux asks it
//	gitops diff    of each desired object on standard input: whether Argo CD shows it OutOfSync, by each way it has of comparing
//
// Prints a line for each object: kind/name, then tabs between what there is to say.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gitops: ")
	if len(os.Args) != 2 {
		log.Fatal("usage: gitops status|diff <OBJECTS")
	}
	var err error
	switch os.Args[1] {
	case "status":
		err = each(os.Stdin, judge)
	case "diff":
		err = compare(os.Stdin)
	default:
		log.Fatalf("unknown command %q (expected: status or diff)", os.Args[1])
	}
	if err != nil {
		log.Fatal(err)
	}
}

func each(input io.Reader, say func(*unstructured.Unstructured) error) error {
	decoder := json.NewDecoder(input)
	for {
		var text json.RawMessage
		if err := decoder.Decode(&text); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("standard input: %w", err)
		}
		u := &unstructured.Unstructured{}
		if err := u.UnmarshalJSON(text); err != nil {
			return fmt.Errorf("standard input: %w", err)
		}
		if err := say(u); err != nil {
			return fmt.Errorf("%s/%s: %w", u.GetKind(), u.GetName(), err)
		}
	}
}
