#pragma once
// The outcome of something a person asked for. Faults (a broken disk, a bug) throw; absence is std::optional;
// a refusal is a value with a kind that programs read and a sentence that the person reads.
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace keepsake {

// Why a request was refused; `status_of` of web/respond maps each to RFC 9110's codes. The numbers are kept
// in databases: a new one comes last.
enum class Refused {
  invalid,      // 422: a field's value cannot be taken
  malformed,    // 400: the request itself makes no sense
  sign_in,      // 401: nobody is signed in, or the name and password do not fit
  forbidden,    // 403: signed in, but not allowed, and its existence is no secret
  not_found,    // 404: absent or hidden; nobody can tell which
  conflict,     // 409: somebody else changed it first, or the name is taken
  gone,         // 410: a link that has ended
  too_large,    // 413
  unsupported,  // 415
  too_many,     // 429
  unavailable,  // 503
  no_room,      // 507
  corrupted,    // 460: what arrived is not what its checksum says (tus 1.0.0)
};

// Which words of the catalogue say a sentence whose {number} only the moment knows.
struct Phrase {
  std::string_view id = {};
  std::int64_t number = 0;
};

struct Refusal {
  Refused kind;
  std::string sentence;    // plain English words, fit for the public; the catalogue finds others by them
  std::string field = {};  // the form field it belongs to, or empty
  Phrase phrase = {};
};

// Either a value or a refusal. Taking the value of a refused result is a bug and throws.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Refusal refusal) : state_(std::in_place_index<1>, std::move(refusal)) {}

  bool refused() const { return state_.index() == 1; }
  explicit operator bool() const { return !refused(); }

  T& value() & { return get(); }
  T&& value() && { return std::move(get()); }
  const T& value() const& { return const_cast<Result*>(this)->get(); }
  T& operator*() & { return get(); }
  T&& operator*() && { return std::move(get()); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &get(); }
  const T* operator->() const { return &value(); }

  const Refusal& refusal() const { return std::get<1>(state_); }

 private:
  T& get() {
    if (refused()) throw std::logic_error("value of a refused result: " + refusal().sentence);
    return std::get<0>(state_);
  }
  std::variant<T, Refusal> state_;
};

struct Done {};  // the value of an act that returns nothing

}  // namespace keepsake
