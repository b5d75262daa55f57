package main

import (
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
)

func judge(object *unstructured.Unstructured) error {
	result, err := status.Compute(object)
	if err != nil {
		return err
	}
	fmt.Printf("%s/%s\t%s\t%s\n", object.GetKind(), object.GetName(), result.Status, result.Message)
	return nil
}
