package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.e2e.Platform;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import cloud.thalassa.lb.e2e.traffic.Backend;
import cloud.thalassa.lb.e2e.traffic.Load;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Somebody with a browser, and nothing else: signs in, makes a load balancer, sees traffic, a
 * target breaks, and he sees why. {@code -Dconsole.pictures=true} keeps what he saw.
 */
class ConsoleJourneyTest {
  private static final String ONE = "10.77.251.1";
  private static final String OTHER = "10.77.251.2";
  private static final int PORT = 30080;

  @Test
  void fromSignInToWhyATargetIsDown() throws Exception {
    Platform.get();
    try (var customer = new Customer("journey", 4);
        var _ = Machine.create(customer, "journey-1", ONE);
        var _ = Machine.create(customer, "journey-2", OTHER);
        var _ = Backend.tcp("journey-1", ONE, PORT);
        var broken = Backend.tcp("journey-2", OTHER, PORT);
        var browser = Browser.start()) {
      signIn(customer, browser);
      makeTargetGroup(customer, browser);
      makeLoadBalancer(customer, browser);
      browser.awaitText("Ready");
      browser.awaitText("2 of 2 healthy");
      try (var load = Load.start(() -> customer.replica("shop"), 80)) {
        seeTraffic(browser, load);
        broken.close();
        seeWhy(browser);
      }
      onAPhone(customer, browser);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void signIn(Customer customer, Browser browser) {
    browser.prefer("light");
    browser.open(customer.api.url() + "/console");
    browser.awaitText("Sign in");
    browser.type("#token", "tc_pat_wrong");
    browser.press("Enter");
    browser.awaitText("This token is unknown, expired or revoked.");
    browser.type("#token", customer.token);
    browser.press("Enter");
    browser.awaitText("No load balancers yet");
    assertThat(browser.evaluate("document.cookie").asText()).isEmpty();
    assertThat(browser.evaluate("location.href").asText()).doesNotContain(customer.token);
  }

  private static void makeTargetGroup(Customer customer, Browser browser) {
    browser.open(customer.api.url() + "/console/target-groups/new");
    browser.type("#name", "web");
    browser.type("#targetPort", "99999");
    browser.awaitText("99999 is not within 1..65535");
    browser.type("#targetPort", Integer.toString(PORT));
    browser.choose("[id='healthCheck.protocol']", "TCP");
    browser.type("[id='healthCheck.periodSeconds']", "1");
    browser.type("[id='healthCheck.unhealthyThreshold']", "2");
    browser.awaitText("kind: TargetGroup");
    browser.awaitText("intervalSeconds: 1");
    browser.click(".submit .primary");
    for (var machine : new String[] {"journey-1", "journey-2"}) {
      browser.awaitTrue("the page of the group", "document.querySelector('#serverIdentity')");
      browser.choose("#serverIdentity", machine);
      browser.click(".card .filter button");
      browser.awaitTrue(
          machine + " is attached",
          "[...document.querySelectorAll('tbody th')].some(it => it.innerText === '"
              + machine
              + "')");
    }
  }

  private static void makeLoadBalancer(Customer customer, Browser browser) {
    browser.click("nav a[href='/console/loadbalancers']");
    browser.awaitText("No load balancers yet");
    browser.click(".head .primary");
    browser.awaitText("First listener");
    browser.type("#name", "shop");
    browser.choose("#subnet", customer.subnet());
    browser.click("#internalLoadbalancer");
    browser.type("#port", "80");
    browser.choose("#targetGroup", "web");
    browser.awaitText("kind: Listener");
    picture(browser, "create");
    browser.click(".submit .primary");
    browser.awaitTrue("the page of shop", "document.querySelector('h1')?.innerText === 'shop'");
  }

  private static void seeTraffic(Browser browser, Load load) {
    browser.awaitTrue(
        "connections are seen",
        "[...document.querySelectorAll('td[data-label=Connections]')].some(it => Number(it.innerText) >= 20)");
    browser.awaitTrue(
        "a line is drawn",
        "document.querySelector('.line.one').getAttribute('points').split(' ').length >= "
            + (pictures() ? 12 : 3));
    assertThat(load.opened()).isPositive();
  }

  private static void seeWhy(Browser browser) {
    browser.awaitText("1 of 2 healthy");
    browser.awaitText("Degraded");
    assertThat(browser.text())
        .contains("Unhealthy", OTHER + ":" + PORT)
        .containsIgnoringCase("refused");
    browser.awaitTrue(
        "it is said to who hears the page",
        "document.querySelector('#spoken').textContent.includes('1 of 2 targets healthy')");
    browser.type("#from", "198.51.100.7:4431");
    browser.press("Enter");
    browser.awaitText("Let in");
    browser.awaitText("No candidate");
    assertThat(browser.evaluate("location.href").asText()).doesNotContain("explanation");
    picture(browser, "why");
    browser.prefer("dark");
    picture(browser, "why-dark");
    browser.prefer("light");
  }

  private static void onAPhone(Customer customer, Browser browser) {
    browser.size(390, 844, true);
    for (var page : new String[] {"loadbalancers", "loadbalancers/new", "target-groups", "audit"}) {
      browser.open(customer.api.url() + "/console/" + page);
      fits(browser, page);
    }
    browser.open(customer.api.url() + "/console/loadbalancers");
    browser.click("tbody th a");
    browser.awaitText("Explain a connection");
    fits(browser, "one load balancer");
    picture(browser, "phone");
    browser.size(1280, 900, false);
    browser.open(customer.api.url() + "/console/audit");
    browser.awaitText("/console/loadbalancers/new");
  }

  private static void fits(Browser browser, String page) {
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .as("width of " + page)
        .isLessThanOrEqualTo(390);
  }

  private static boolean pictures() {
    return Boolean.getBoolean("console.pictures");
  }

  private static void picture(Browser browser, String name) {
    Path directory =
        pictures()
            ? KubeTools.REPOSITORY.resolve("docs/pictures")
            : KubeTools.target().resolve("console");
    browser.picture(directory.resolve("console-" + name + ".png"));
  }
}
