package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/argoproj/gitops-engine/pkg/diff"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/kube-openapi/pkg/util/proto"
)

// The field manager of Argo CD.
const manager = "argocd-controller"

type places struct {
	client dynamic.Interface
	groups []*restmapper.APIGroupResources
}

func (p places) resource(object *unstructured.Unstructured) (dynamic.ResourceInterface, error) {
	kind := object.GroupVersionKind()
	mapping, err := restmapper.NewDiscoveryRESTMapper(p.groups).RESTMapping(kind.GroupKind(), kind.Version)
	if err != nil {
		return nil, err
	}
	if object.GetNamespace() == "" {
		return p.client.Resource(mapping.Resource), nil
	}
	return p.client.Resource(mapping.Resource).Namespace(object.GetNamespace()), nil
}

// Run is the dry run of a server-side apply.
func (p places) Run(ctx context.Context, object *unstructured.Unstructured, manager string) (string, error) {
	resource, err := p.resource(object)
	if err != nil {
		return "", err
	}
	options := metav1.ApplyOptions{FieldManager: manager, Force: true, DryRun: []string{metav1.DryRunAll}}
	predicted, err := resource.Apply(ctx, object.GetName(), object, options)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(predicted)
	return string(text), err
}

func compare(input io.Reader) error {
	config, err := clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	if err != nil {
		return err
	}
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	discover, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return err
	}
	groups, err := restmapper.GetAPIGroupResources(discover)
	if err != nil {
		return err
	}
	parser, err := schemas(discover)
	if err != nil {
		return err
	}
	server := places{client, groups}
	ways := []struct {
		name    string
		options []diff.Option
	}{
		{"of itself", nil},
		{"with ServerSideApply=true", []diff.Option{diff.WithStructuredMergeDiff(true), diff.WithGVKParser(parser), diff.WithManager(manager)}},
		{"with ServerSideDiff=true", []diff.Option{diff.WithServerSideDiff(true), diff.WithServerSideDryRunner(server), diff.WithGVKParser(parser), diff.WithManager(manager), diff.WithIgnoreMutationWebhook(false)}},
	}
	return each(input, func(desired *unstructured.Unstructured) error {
		resource, err := server.resource(desired)
		if err != nil {
			return err
		}
		said := []string{desired.GetKind() + "/" + desired.GetName()}
		var judged string
		// what was written between two looks would be a difference between them: judged again, as Argo CD does when it hears of it
		for looks := 0; ; looks++ {
			live, err := resource.Get(context.Background(), desired.GetName(), metav1.GetOptions{})
			if err != nil {
				return err
			}
			if live.GetResourceVersion() == judged {
				break
			}
			if looks == 20 {
				return fmt.Errorf("%s changed between each two of %d looks at it", said[0], looks)
			}
			judged = live.GetResourceVersion()
			said = said[:1]
			for _, way := range ways {
				result, err := diff.Diff(desired.DeepCopy(), live.DeepCopy(), way.options...)
				if err != nil {
					return fmt.Errorf("%s: %w", way.name, err)
				}
				if result.Modified {
					said = append(said, fmt.Sprintf("OutOfSync %s: live %s, predicted %s", way.name, result.NormalizedLive, result.PredictedLive))
				}
			}
		}
		fmt.Println(strings.Join(said, "\t"))
		return nil
	})
}

func schemas(discover discovery.DiscoveryInterface) (*managedfields.GvkParser, error) {
	document, err := discover.OpenAPISchema()
	if err != nil {
		return nil, err
	}
	models, err := proto.NewOpenAPIData(document)
	if err != nil {
		return nil, err
	}
	return managedfields.NewGVKParser(models, false)
}
