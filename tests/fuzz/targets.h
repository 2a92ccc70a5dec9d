#pragma once
// Everything that reads bytes from outside, each as a function over one input. Each file fuzz_NAME.cc holds
// one with the promise it checks; libFuzzer calls it through fuzz_main.cc, and replay_test.cc with the inputs
// kept in corpus/NAME.
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/bytes.h"

namespace keepsake::fuzz {

// Ends the program where a promise is broken: that is how libFuzzer learns of it.
inline void must(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

void blob(ByteView input);
void form(ByteView input);
void front(ByteView input);
void headers(ByteView input);
void helpline(ByteView input);
void image(ByteView input);
void json(ByteView input);
void markdown(ByteView input);
void multipart(ByteView input);
void passkey(ByteView input);
void request(ByteView input);
void sealed(ByteView input);
void settings(ByteView input);
void tus(ByteView input);
void url(ByteView input);
void words(ByteView input);
void worker_answer(ByteView input);
void worker_request(ByteView input);

struct Target {
  std::string_view name;
  void (*run)(ByteView);
};
inline constexpr Target targets[] = {
    {"blob", blob},
    {"form", form},
    {"front", front},
    {"headers", headers},
    {"helpline", helpline},
    {"image", image},
    {"json", json},
    {"markdown", markdown},
    {"multipart", multipart},
    {"passkey", passkey},
    {"request", request},
    {"sealed", sealed},
    {"settings", settings},
    {"tus", tus},
    {"url", url},
    {"words", words},
    {"worker_answer", worker_answer},
    {"worker_request", worker_request},
};

}  // namespace keepsake::fuzz
