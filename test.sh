#!/usr/bin/env bash
# Runs every test of the project. Installs what it needs when it is missing (Debian), starts nothing that outlives it.
# The last line is "N passed, N failed, N skipped"; exit code 1 when anything failed.
set -u
cd "$(dirname "$0")"
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

install_missing() {
  local missing=()
  command -v chromium >/dev/null || missing+=(chromium)
  fc-list 2>/dev/null | grep -q 'Noto Sans CJK' || missing+=(fonts-noto-cjk fontconfig)
  [ -n "$(ls /usr/lib/postgresql/*/bin/postgres 2>/dev/null)" ] || missing+=(postgresql)
  ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1 || missing+=(faketime)
  [ ${#missing[@]} -eq 0 ] && return
  echo "Installing ${missing[*]}"
  local root=(); [ "$(id -u)" -eq 0 ] || root=(sudo)
  export DEBIAN_FRONTEND=noninteractive
  "${root[@]}" dpkg --configure -a
  "${root[@]}" apt-get update -q
  "${root[@]}" apt-get install -y -q -f --no-install-recommends
  "${root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"
}

passed=0 failed=0 skipped=0
failures=$results/failures
: > "$failures"
count() { # passed failed skipped
  passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

client_tests() {
  local report=$results/client.json
  (cd src/Workflow.Designer/client && npm test -- --reporter=default --reporter=json --outputFile="$report")
  if [ -s "$report" ]; then
    node -p 'require(process.argv[1]).testResults.flatMap(file => file.assertionResults.length ? file.assertionResults : [{ status: file.status, fullName: file.name }]).filter(test => test.status === "failed").map(test => test.fullName).join("\n")' "$report" >> "$failures"
    count $(node -p 'const r = require(process.argv[1]); [r.numPassedTests, r.numFailedTests || r.numFailedTestSuites, r.numPendingTests].join(" ")' "$report")
  else
    count 0 1 0
  fi
}

# One after another: two cores are all there is, and servers started by one suite must not starve another. A test that hangs is named and fails the run.
dotnet_tests() { # project
  local report=$results/$1.trx
  dotnet test "tests/$1" --no-build --nologo --blame-hang-timeout 15m --blame-hang-dump-type none --logger "trx;LogFileName=$report" --logger "console;verbosity=normal"
  if [ -s "$report" ]; then
    sed -nE 's/.*<UnitTestResult .*testName="([^"]*)".*outcome="Failed".*/\1/p' "$report" >> "$failures"
    count $(sed -nE 's/.*<Counters total="([0-9]+)" executed="([0-9]+)" passed="([0-9]+)" failed="([0-9]+)".*/\3 \4 \1 \2/p' "$report" | awk '{print $1, $2, $3 - $4}')
    grep -q 'outcome="Completed"\|outcome="Failed"' "$report" || count 0 1 0
  else
    count 0 1 0
  fi
}

# The tests start some hundred servers, each of which would compile the same methods first: one that is compiled ahead takes two thirds of the time to start.
compile_ahead() {
  [ "$(uname -m)" = x86_64 ] || return 0
  dotnet publish src/Workflow.Server --nologo -v minimal -r linux-x64 --no-self-contained -p:PublishReadyToRun=true --artifacts-path artifacts/ahead &&
    export WORKFLOW_SERVER=$PWD/artifacts/ahead/publish/Workflow.Server/release_linux-x64/workflow.dll
}

if install_missing && dotnet build Workflow.sln --nologo -v minimal && compile_ahead; then
  client_tests
  for project in Workflow.Engine.Tests Workflow.Activities.Tests Workflow.Server.Tests Workflow.Reliability; do
    dotnet_tests "$project"
  done
else
  count 0 1 0
fi

[ -s "$failures" ] && sed '/^$/d; s/^/Failed: /' "$failures"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
