#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Reads TAP with perl's own parser, which `prove` uses, and prints what it made of it as JSON.
#
#   tap.pl FILE
use strict;
use warnings;
use JSON::PP;
use TAP::Parser;

my $parser = TAP::Parser->new({ source => $ARGV[0], exec => undef }) or die;
my @points;
while (my $result = $parser->next) {
  if ($result->is_test) {
    push @points, { ok => $result->is_ok ? JSON::PP::true : JSON::PP::false, number => $result->number,
                    title => $result->description, skip => $result->has_skip ? $result->explanation : undef };
  } elsif ($result->is_yaml) {
    $points[-1]{data} = $result->data;
  } elsif ($result->is_unknown) {
    die "not TAP: " . $result->as_string . "\n";
  }
}
die join("\n", $parser->parse_errors) . "\n" if $parser->parse_errors;
print JSON::PP->new->canonical->encode({ points => \@points, plan => $parser->plan, planned => $parser->tests_planned,
                                        run => $parser->tests_run, skipped => scalar($parser->skipped) });
