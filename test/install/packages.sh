#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Builds the Debian packages, and installs them with dpkg into an empty folder that has of Debian only what they say they need. The
# packages that are needed there are put together from the files of this machine, so nothing is downloaded. In that folder, as the root
# of the file system, the command runs, and so does a program that was compiled with what is installed there.
#
#   packages.sh SOURCE SCRATCH        CMAKE may name the program; as root, or where users may make name spaces
set -euo pipefail

if [ "$(id -u)" != 0 ]; then
  exec unshare --user --map-root-user "$0" "$@"
fi

source=$1
scratch=$2
cmake=${CMAKE:-cmake}
cc=cc # Debian's own, as for its packages
unset DESTDIR PKG_CONFIG_PATH LD_LIBRARY_PATH CMAKE_PREFIX_PATH
PATH=$PATH:/usr/sbin:/sbin
chroot=$(command -v chroot)
umask 022

rm -rf "$scratch"
mkdir -p "$scratch"
cd "$scratch"
root=$scratch/root
architecture=$(dpkg --print-architecture)
nginx=OFF
[ ! -e /usr/share/nginx/src/conf_flags ] || nginx=ON

step() {
  printf -- '-- %s\n' "$*"
}

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

quietly() {
  "$@" >log 2>&1 || {
    cat log >&2
    fail "$*"
  }
}

build_packages() {
  quietly "$cmake" -S "$source" -B build -DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_COMPILER="$cc" \
    -DBODYCHECK_NGINX=$nginx
  quietly "$cmake" --build build --parallel "$(nproc)"
  quietly "$cmake" --build build --target package
  mv build/*.deb .
}

# package NAME: its file.
package() {
  ls "$1"_*.deb
}

# The names in the field Depends, without versions.
depends() {
  dpkg-deb --field "$(package "$1")" Depends | sed 's/ *([^)]*)//g; s/, */\n/g' | LC_ALL=C sort | tr '\n' ' ' | sed 's/ $//'
}

# What is in a package, in the form of manifest.txt.
contents() {
  dpkg-deb --fsys-tarfile "$(package "$1")" | tar -t | sed -nE '/\/$/d; s,^\./usr/,,; /^share\/doc\//d; s,^lib/[a-z0-9_]+-linux-[a-z0-9]+/,lib/,
    s,-release\.cmake$,-CONFIG.cmake,; /^share\/man\//s,\.gz$,,; p'
}

# The packages together have each installed file once.
compare_contents() {
  for name in bodycheck libbodycheck0 libbodycheck-dev lua-bodycheck; do
    contents $name >"$name.contents"
  done
  LC_ALL=C sort ./*.contents | diff -u "$source/test/install/manifest.txt" - || fail "the packages have other files than are installed"
  if grep -v -e '^bin/' -e '^share/' bodycheck.contents || grep '/lua/' bodycheck.contents ||
    grep -v '^lib/libbodycheck\.so\.' libbodycheck0.contents || grep -v '^share/lua/' lua-bodycheck.contents; then
    fail "these files are in the wrong package"
  fi
}

compare_nginx() {
  contents libnginx-mod-http-bodycheck | diff -u - <(printf 'lib/nginx/modules/ngx_http_bodycheck_module.so\nshare/nginx/modules-available/mod-http-bodycheck.conf\n') ||
    fail "the package of the nginx module has other files"
  [[ "$(depends libnginx-mod-http-bodycheck)" =~ ^libc6\ libpcre2-8-0\ nginx-abi-[0-9.-]+$ ]] ||
    fail "the nginx module depends on $(depends libnginx-mod-http-bodycheck)"
}

compare_depends() {
  [ "$(depends bodycheck)" = "libc6 libpcre2-8-0" ] || fail "bodycheck depends on $(depends bodycheck)"
  [ "$(depends libbodycheck0)" = "libc6 libpcre2-8-0" ] || fail "libbodycheck0 depends on $(depends libbodycheck0)"
  [ "$(depends lua-bodycheck)" = "libbodycheck0" ] || fail "lua-bodycheck depends on $(depends lua-bodycheck)"
  [ "$(depends libbodycheck-dev)" = "libbodycheck0 libc6-dev libpcre2-dev" ] || fail "libbodycheck-dev depends on $(depends libbodycheck-dev)"
}

make_root() {
  mkdir -p "$root"/usr/{bin,sbin,lib,lib64} "$root"/{etc,tmp} "$root"/var/lib/dpkg/{info,updates,triggers}
  for folder in bin sbin lib lib64; do
    ln -s usr/$folder "$root/$folder"
  done
  : >"$root/var/lib/dpkg/status"
}

# A package of this machine, as it is installed here: its files, and what dpkg knows of it.
bring() {
  for name in "$@"; do
    dpkg-query --listfiles "$name" | sed -E 's,^/(bin|sbin|lib|lib64)/,/usr/\1/,' | while read -r file; do
      if [ -L "$file" ] || [ -f "$file" ]; then
        printf '%s\n' "$file"
      fi
    done >files
    tar -C / -c --files-from=files 2>/dev/null | tar -C "$root" -x --no-same-owner
    dpkg-query --status "$name" >>"$root/var/lib/dpkg/status"
    echo >>"$root/var/lib/dpkg/status"
    cp "$(ls /var/lib/dpkg/info/"$name".list /var/lib/dpkg/info/"$name:$architecture".list 2>/dev/null | head -n 1)" "$root/var/lib/dpkg/info"
  done
}

# Installs packages with dpkg, which looks whether all they depend on is there. Images of containers leave manuals out; not here.
put() {
  dpkg --root="$root" --force-not-root --path-include='/usr/share/*' --install "$@"
}

inside() {
  env -i PATH=/usr/bin:/usr/sbin "$chroot" "$root" "$@"
}

step "build the packages"
build_packages
compare_contents
compare_depends
[ $nginx = OFF ] || compare_nginx
if command -v lintian >/dev/null; then
  step "lintian"
  lintian --allow-root --fail-on error ./*.deb >lintian.txt || { cat lintian.txt; fail "lintian finds errors"; }
fi

step "the command, with libc6 and libpcre2-8-0 alone"
make_root
bring libc6
if put "$(package bodycheck)" >log 2>&1; then
  fail "the command can be installed without libpcre2-8-0"
fi
grep -q 'libpcre2-8-0' log || fail "dpkg says something else: $(cat log)"
bring libpcre2-8-0
quietly put "$(package bodycheck)"
[ "$(inside bodycheck --version)" = "$(sed -nE '1s/^(bodycheck) \((.*)\).*/\1 \2/p' "$source/lib/package/changelog")" ] ||
  fail "the installed command has another version"
data=$source/test/data
inside bodycheck check --op huaweicloud.apig.UpdateAppV2 --response 201 - \
  <"$data/documents/huaweicloud.apig.UpdateAppV2/response-201.json" >report || fail "the installed command finds fault with a good body"
status=0
echo '{"name": "ab"}' | inside bodycheck check --op UpdateAppV2 - >report || status=$?
[ $status = 1 ] && grep -qF 'invalid: 400 APIG.2005' report || fail "the installed command accepts a bad body, or does not run"
for page in man1/bodycheck.1.gz man5/bodycheck-rules.5.gz; do
  gzip -dc "$root/usr/share/man/$page" | grep -q '^\.TH BODYCHECK' || fail "$page is no man page"
done

step "the library, and a program that was compiled with what is installed"
bring dash libc-bin
ln -sf dash "$root/usr/bin/sh"
quietly put "$(package libbodycheck0)"
bring libc6-dev linux-libc-dev libpcre2-dev
quietly put "$(package libbodycheck-dev)"
here=$source/test/install
libdir=$(cd "$root" && dirname usr/lib/*/pkgconfig/bodycheck.pc)
flags() {
  PKG_CONFIG_SYSROOT_DIR= PKG_CONFIG_LIBDIR=$root/$libdir pkg-config "$@" bodycheck
}
# Words are split on purpose.
quietly $cc --sysroot="$root" -std=c11 "$here/consumer/main.c" -o "$root/tmp/shared" $(flags --cflags --libs)
quietly $cc --sysroot="$root" -std=c11 -static "$here/consumer/main.c" -o "$root/tmp/static" $(flags --static --cflags --libs)
quietly "$cmake" -S "$here/consumer" -B consumer -DCMAKE_C_COMPILER="$cc" -DCMAKE_SYSROOT="$root" -DCMAKE_PREFIX_PATH="$root/usr"
quietly "$cmake" --build consumer
cp consumer/consumer-bodycheck "$root/tmp/found"
for program in shared static found; do
  inside "/tmp/$program" | diff -u "$here/expected.txt" - || fail "the program $program prints something else"
done

step "the LuaJIT binding"
quietly put "$(package lua-bodycheck)"
if dpkg-query --status luajit2 >/dev/null 2>&1; then
  bring luajit2 libluajit2-5.1-2 libluajit2-5.1-common libgcc-s1
  inside luajit -e 'local rules = assert(require("bodycheck").load()); print(#rules:list())' >report || fail "the installed binding does not run"
  [ "$(cat report)" = 5 ] || fail "the installed binding does not list the operations"
fi

nginx_loads() {
  : >"$root/var/log/nginx/error.log"
  inside nginx -g 'user root;' -t >log 2>&1
}

if [ $nginx = ON ]; then
  step "the nginx module"
  bring coreutils libacl1 libattr1 libselinux1 libgmp10
  if put "$(package libnginx-mod-http-bodycheck)" >log 2>&1; then
    fail "the module can be installed without the nginx that it is for"
  fi
  quietly dpkg --root="$root" --force-not-root --purge libnginx-mod-http-bodycheck
  bring nginx nginx-common libcrypt1 libssl3 zlib1g
  mkdir -p "$root"/var/log/nginx "$root"/var/lib/nginx "$root"/run "$root"/dev
  printf 'include /etc/nginx/modules-enabled/*.conf;\nevents {}\nhttp { server { listen 127.0.0.1:8080; bodycheck block; } }\n' >"$root/etc/nginx/nginx.conf"
  rm -rf "$root/etc/nginx/modules-enabled"
  echo 'root:x:0:0::/:/bin/sh' >"$root/etc/passwd"
  echo 'root:x:0:' >"$root/etc/group"
  if nginx_loads; then
    fail "nginx knows the directives without the module"
  fi
  quietly put "$(package libnginx-mod-http-bodycheck)"
  nginx_loads || fail "nginx does not load the installed module: $(cat log)"
  rm "$root/etc/nginx/modules-enabled/70-mod-http-bodycheck.conf"
  quietly put "$(package libnginx-mod-http-bodycheck)"
  [ ! -e "$root/etc/nginx/modules-enabled/70-mod-http-bodycheck.conf" ] || fail "a module that was switched off is on again when it is replaced"
  quietly dpkg --root="$root" --force-not-root --remove libnginx-mod-http-bodycheck
fi

step "removing"
quietly dpkg --root="$root" --force-not-root --remove bodycheck libbodycheck-dev lua-bodycheck libbodycheck0
if find "$root" -name '*bodycheck*' ! -path "$root/var/*" | grep .; then
  fail "these files are left behind"
fi
echo "the packages are installed, work, and are removed"
