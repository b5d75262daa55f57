// Holds this node's pods to the NetworkPolicies of the cluster, with the engine of SIG Network (kube-network-policies), whose own
// program runs in pods only.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
	"sigs.k8s.io/kube-network-policies/pkg/networkpolicy"
)

const (
	queue = 100
	chain = "NETWORK-POLICIES"
)

func main() {
	kubeconfig := flag.String("kubeconfig", "", "how to reach the API server")
	node := flag.String("hostname-override", "", "name of the node")
	pods := flag.String("pods", "", "the network of all pods, such as 10.244.0.0/16")
	klog.InitFlags(nil)
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	err := ask(*pods)
	if err == nil {
		err = errors.Join(hold(ctx, *kubeconfig, *node), forget(*pods))
	}
	if err != nil {
		klog.Fatal(err)
	}
}

func hold(ctx context.Context, kubeconfig, node string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	watched := informers.NewSharedInformerFactory(client, 0)
	controller, err := networkpolicy.NewController(client,
		watched.Networking().V1().NetworkPolicies(), watched.Core().V1().Namespaces(), watched.Core().V1().Pods(),
		nil, nil, nil, nil, networkpolicy.Config{QueueID: queue, NodeName: node})
	if err != nil {
		return err
	}
	watched.Start(ctx.Done())
	return controller.Run(ctx)
}

// ask has the kernel ask the engine about each new connection of a pod. The engine has rules of its own for that, which need
// nft_queue in the kernel: where there is none they fail, over and over in its log. What root does on the node, such as kubelet's
// probes, nobody is asked about.
func ask(pods string) error {
	number := strconv.Itoa(queue)
	if err := forget(pods); err != nil {
		return err
	}
	return all(
		"-N "+chain,
		"-A "+chain+" -m owner --uid-owner 0 -j RETURN",
		"-A "+chain+" -j NFQUEUE --queue-num "+number,
		"-A POSTROUTING -s "+pods+" -m conntrack --ctstate NEW -j "+chain,
		"-A POSTROUTING -d "+pods+" -m conntrack --ctstate NEW -j "+chain)
}

// forget removes what ask has made, if it is there.
func forget(pods string) error {
	if iptables("-S "+chain) != nil {
		return nil
	}
	return all(
		"-D POSTROUTING -s "+pods+" -m conntrack --ctstate NEW -j "+chain,
		"-D POSTROUTING -d "+pods+" -m conntrack --ctstate NEW -j "+chain,
		"-F "+chain,
		"-X "+chain)
}

func all(rules ...string) error {
	for _, rule := range rules {
		if err := iptables(rule); err != nil {
			return err
		}
	}
	return nil
}

func iptables(rule string) error {
	words := append([]string{"-w", "-t", "mangle"}, strings.Fields(rule)...)
	if said, err := exec.Command("iptables", words...).CombinedOutput(); err != nil {
		return fmt.Errorf("iptables %s: %w: %s", rule, err, said)
	}
	return nil
}
