#!/bin/sh
# What the suites need (Check, OpenSSL) of Debian for another processor, in a folder and with apt's state left alone:
#     test/sysroot.sh arm64 DIR && meson setup build-arm64 --cross-file cross/aarch64-linux.ini --cross-file DIR/sysroot.ini
# For arm64 or armhf, beside Debian's gcc-aarch64-linux-gnu or gcc-arm-linux-gnueabihf, and qemu-user to run the programs.
set -eu
case ${1:?usage: sysroot.sh ARCHITECTURE DIR} in
arm64) triplet=aarch64-linux-gnu emulator=qemu-aarch64 ;;
armhf) triplet=arm-linux-gnueabihf emulator=qemu-arm ;;
*) echo "no such architecture: $1" >&2; exit 2 ;;
esac
mkdir -p "${2:?usage: sysroot.sh ARCHITECTURE DIR}"
dir=$(readlink -f "$2")
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
site=$(apt-get indextargets --format '$(SITE)' | grep -v security | grep '/debian/\{0,1\}$' | head -n 1)

mkdir -p "$dir/apt/lists/partial" "$dir/apt/cache/archives/partial" "$dir/debs" "$dir/root"
echo "deb [arch=$1 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $site $suite main" >"$dir/apt/sources.list"
options="-qq -o APT::Architecture=$1 -o APT::Architectures::=$1 -o APT::Sandbox::User=root -o Dir::Etc::sourceparts=-
  -o Dir::Etc::sourcelist=$dir/apt/sources.list -o Dir::State::lists=$dir/apt/lists -o Dir::Cache=$dir/apt/cache
  -o Dir::State::status=/dev/null"
apt-get $options update
(cd "$dir/debs" && apt-get $options download check libsubunit-dev libsubunit0 libssl-dev libssl3)
for deb in "$dir"/debs/*.deb; do
  dpkg-deb -x "$deb" "$dir/root"
done

libraries="$dir/root/usr/lib/$triplet"
cat >"$dir/sysroot.ini" <<END
[binaries]
exe_wrapper = ['$emulator', '-L', '/usr/$triplet', '-E', 'LD_LIBRARY_PATH=$libraries']

[properties]
sys_root = '$dir/root'
pkg_config_libdir = '$libraries/pkgconfig'

[built-in options]
c_args = ['-isystem', '$dir/root/usr/include/$triplet']
c_link_args = ['-L$libraries', '-Wl,-rpath-link,$libraries']
END
