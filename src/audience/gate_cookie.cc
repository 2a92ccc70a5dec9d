#include "audience/gate_cookie.h"

#include <algorithm>

#include "audience/sealed_numbers.h"

namespace keepsake {
namespace {

constexpr std::string_view purpose = "gate cookie";
constexpr std::size_t numbers_of_pass = 3;

bool is_acceptance(std::int64_t number) {
  return number >= static_cast<std::int64_t>(Accepted::nothing) &&
         number <= static_cast<std::int64_t>(Accepted::all);
}

}  // namespace

std::vector<GatePass> GateCookie::with(std::vector<GatePass> passes, GatePass pass) {
  std::erase_if(passes, [&](const GatePass& one) { return one.item == pass.item; });
  passes.push_back(pass);
  if (passes.size() > most) passes.erase(passes.begin(), passes.end() - most);
  return passes;
}

std::string GateCookie::seal(const std::vector<GatePass>& passes) const {
  std::vector<std::int64_t> numbers;
  for (auto at = passes.size() - std::min(passes.size(), most); at < passes.size(); ++at) {
    const auto& pass = passes[at];
    numbers.insert(numbers.end(),
                   {pass.item.value, pass.gate_version, static_cast<std::int64_t>(pass.accepted)});
  }
  return seal_numbers(key_, purpose, numbers);
}

std::vector<GatePass> GateCookie::open(std::string_view text) const {
  const auto numbers = open_numbers(key_, purpose, text, most * numbers_of_pass);
  std::vector<GatePass> passes;
  if (!numbers || numbers->size() % numbers_of_pass != 0) return passes;
  for (std::size_t at = 0; at < numbers->size(); at += numbers_of_pass) {
    const auto accepted = (*numbers)[at + 2];
    if (is_acceptance(accepted))
      passes.push_back({ItemId{(*numbers)[at]}, (*numbers)[at + 1], static_cast<Accepted>(accepted)});
  }
  return passes;
}

}  // namespace keepsake
