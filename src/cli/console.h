#pragma once
// What a command speaks with, and how it says that it cannot.
#include <chrono>
#include <iosfwd>
#include <stdexcept>
#include <string>
#include <utility>

#include "base/result.h"

namespace keepsake::cli {

struct Console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool typed = false;    // standard input is a terminal with somebody at it
  bool watched = false;  // so is standard error
};

// Ends a command with exit status 1. what() is a sentence for whoever typed it.
struct Failure : std::runtime_error {
  using runtime_error::runtime_error;
};
// The same with exit status 2: the words themselves make no sense.
struct Misuse : std::runtime_error {
  using runtime_error::runtime_error;
};

template <class T>
T or_fail(Result<T> result) {
  if (result.refused()) throw Failure(result.refusal().sentence);
  return std::move(result).value();
}

// `time` as "2024-05-17 09:30 UTC".
std::string shown_time(std::chrono::sys_time<std::chrono::microseconds> time);

}  // namespace keepsake::cli
