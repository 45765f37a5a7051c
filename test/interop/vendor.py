"""README's three ways into another project: copied files, a Meson subproject, an installed library with pkg-config. Each
builds examples/quick.c in a scratch folder and runs it.

    python3 vendor.py"""

import glob
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import readme  # noqa: E402

ROOMS = ["ct", "aes", "sha256", "base64", "cbc", "hmac", "hkdf"]
OPTIONS = [[], ["--default-library=shared", "-Doptimize_size=true", "-Dtarget=desktop"]]


def build(command, cwd=None):
    done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(f"failed: {' '.join(command)}\n{done.stdout}")
    return done.stdout


def main():
    checks = readme.Checks()
    meson, pkg_config, cc = map(shutil.which, ("meson", "pkg-config", "cc"))
    if not (meson and pkg_config and cc):
        readme.skip("meson, pkg-config or cc is not installed (Debian: meson pkg-config gcc)")
    quick = os.path.join(readme.ROOT, "examples", "quick.c")
    for flag in ("CFLAGS", "LDFLAGS", "DESTDIR"):  # these are the surrounding build's, not the user's
        os.environ.pop(flag, None)

    def works(what, *command):
        checks.that(readme.run(*command) == (0, "21.5 C\n", ""), what)

    with tempfile.TemporaryDirectory() as scratch:
        # Copied: the headers and the rooms alone, every file to the compiler.
        copy = os.path.join(scratch, "copy")
        for folder in ["include", *ROOMS]:
            shutil.copytree(os.path.join(readme.ROOT, folder), os.path.join(copy, folder))
        sources = [os.path.relpath(file, copy) for room in ROOMS for file in glob.glob(os.path.join(copy, room, "*.c"))]
        build([cc, "-std=c99", "-Iinclude", *sources, quick, "-o", "quick"], copy)
        works("copied files", os.path.join(copy, "quick"))
        names = [os.path.basename(source) for source in sources]
        checks.that(len(set(names)) == len(names), "object files have unique names")

        # A subproject.
        project = os.path.join(scratch, "project")
        os.makedirs(os.path.join(project, "subprojects"))
        os.symlink(os.path.abspath(readme.ROOT), os.path.join(project, "subprojects", "mote"))
        shutil.copy(quick, project)
        with open(os.path.join(project, "meson.build"), "w", encoding="utf-8") as file:
            file.write("project('app', 'c')\n"
                       "executable('quick', 'quick.c', dependencies: dependency('mote', fallback: 'mote'))\n")
        build([meson, "setup", "build"], project)
        build([meson, "compile", "-C", "build"], project)
        works("a subproject", os.path.join(project, "build", "quick"))

        # Installed, with default options and with others; pkg-config says the rest.
        for number, options in enumerate(OPTIONS):
            prefix = os.path.join(scratch, f"prefix{number}")
            tree = os.path.join(scratch, f"build{number}")
            build([meson, "setup", tree, readme.ROOT, "--prefix=" + prefix, "--libdir=lib", "-Dtests=disabled", *options])
            build([meson, "install", "-C", tree])
            os.environ["PKG_CONFIG_PATH"] = os.path.join(prefix, "lib", "pkgconfig")
            flags = build([pkg_config, "--cflags", "--libs", "mote"]).split()
            quick_there = os.path.join(prefix, "quick")
            build([cc, "-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", quick, *flags, "-o", quick_there])
            works(f"installed {options}", "env", "LD_LIBRARY_PATH=" + os.path.join(prefix, "lib"), quick_there)
            installed = {os.path.relpath(file, os.path.join(prefix, "include"))
                         for file in glob.glob(os.path.join(prefix, "include", "**"), recursive=True) if os.path.isfile(file)}
            there = {os.path.join("mote", name) for name in os.listdir(os.path.join(readme.ROOT, "include", "mote"))}
            checks.that(installed == there, f"every public header is installed, and no other: {installed ^ there}")
    print(f"checks: vendor {checks.count}")


main()
