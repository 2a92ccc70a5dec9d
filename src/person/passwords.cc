#include "person/passwords.h"

#include <sodium.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <future>
#include <new>
#include <stdexcept>

#include "base/bytes.h"
#include "base/random.h"
#include "base/text.h"

namespace keepsake {
namespace {

constexpr std::size_t shortest = 10;
constexpr std::size_t longest = 1000;

// The most common ones of ten characters and more, in lower case.
constexpr std::array common = {
    "0123456789",     "0987654321",
    "1029384756",     "1122334455",
    "1234512345",     "123456123456",
    "1234567890",     "12345678900",
    "12345678910",    "123456789a",
    "123456789q",     "123456789123",
    "1234567890a",    "1234567890q",
    "1234567899",     "123123123123",
    "1q2w3e4r5t",     "1q2w3e4r5t6y",
    "1qaz2wsx3edc",   "3rjs1la7qe",
    "87654321ab",     "9876543210",
    "a123456789",     "abcd123456",
    "abcdefghij",     "abcdefghijk",
    "administrator",  "asdfghjkl;",
    "asdfghjkl1",     "basketball",
    "changeme123",    "chocolate1",
    "computer123",    "correcthorsebatterystaple",
    "football123",    "iloveyou123",
    "iloveyou12",     "internet123",
    "keepsake123",    "letmein123",
    "letmein1234",    "mypassword",
    "myspace123",     "password01",
    "password10",     "password11",
    "password12",     "password123",
    "password1234",   "password12345",
    "password123456", "passw0rd123",
    "p@ssw0rd123",    "p@ssword123",
    "princess123",    "q1w2e3r4t5",
    "q1w2e3r4t5y6",   "qazwsxedcrfv",
    "qwe1234567",     "qwer123456",
    "qwert12345",     "qwerty1234",
    "qwerty12345",    "qwerty123456",
    "qwertyuiop",     "qwertyuiop123",
    "qwertyuiop[]",   "secret1234",
    "sunshine123",    "superman123",
    "test123456",     "verysecret",
    "welcome123",     "welcome1234",
    "zxcvbnm123",     "zaq12wsxcde3",
};

Refusal no_password(std::string sentence) {
  return {Refused::invalid, std::move(sentence), "password"};
}
Refusal too_busy() {
  return {Refused::unavailable, "Many people are signing in at this moment. Please try again in a minute."};
}

bool is_common(std::string_view password) {
  const std::string lower = ascii_lower(password);
  const bool one_character = lower.find_first_not_of(lower.front()) == lower.npos;
  return one_character || std::find(common.begin(), common.end(), lower) != common.end();
}

std::string base64(ByteView bytes) {
  std::array<char, 64> text{};
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  return text.data();
}

// Costs as much to check as anybody's and fits no password: the hash in it is not of one, but random.
std::string unfitting_hash(const Passwords::Cost& cost) {
  return "$argon2id$v=19$m=" + std::to_string(cost.memory / 1024) + ",t=" + std::to_string(cost.passes) +
         ",p=1$" + base64(random_bytes(16)) + "$" + base64(random_bytes(32));
}

// Hashing fills whole processors: a thread does it that gives way to those who answer readers (Linux keeps
// this by thread, setpriority(2)).
template <class Work>
auto giving_way(const Work& work) {
  auto done = std::async(std::launch::async, [&work] {
    ::setpriority(PRIO_PROCESS, 0, 10);
    return work();
  });
  return done.get();
}

}  // namespace

// A place among those that may hash at once, given back at the end.
class Passwords::Turn {
 public:
  explicit Turn(Passwords& pool) : pool_(pool), taken_(pool.enter()) {}
  ~Turn() {
    if (taken_) pool_.leave();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  explicit operator bool() const { return taken_; }

 private:
  Passwords& pool_;
  bool taken_;
};

Passwords::Passwords(Cost cost, Bounds bounds) : cost_(cost), bounds_(bounds) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  nobodys_hash_ = unfitting_hash(cost_);
}

bool Passwords::enter() {
  std::unique_lock lock(mutex_);
  if (busy_ >= bounds_.at_once) {
    if (waiting_ >= bounds_.waiting) return false;
    ++waiting_;
    freed_.wait(lock, [this] { return busy_ < bounds_.at_once; });
    --waiting_;
  }
  ++busy_;
  return true;
}

void Passwords::leave() {
  const std::lock_guard lock(mutex_);
  --busy_;
  freed_.notify_one();
}

std::string Passwords::make(std::string_view password) const {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  const auto hash = [&] {
    return crypto_pwhash_str(text.data(), password.data(), password.size(), cost_.passes, cost_.memory);
  };
  if (giving_way(hash) != 0) throw std::bad_alloc();
  return text.data();
}

std::optional<Refusal> Passwords::fault(std::string_view password, std::string_view name) {
  if (password.size() < shortest)
    return no_password("A password has at least 10 characters. A few words in a row make a good one.");
  if (password.size() > longest) return no_password("A password has at most 1000 bytes.");
  if (!is_clean_text(password)) return no_password("This password holds characters that are no text.");
  if (ascii_lower(password) == ascii_lower(name))
    return no_password("The password must not be the name. Please choose another.");
  if (is_common(password))
    return no_password("This is one of the first passwords anybody would try. Please choose another.");
  return std::nullopt;
}

Result<PasswordHash> Passwords::hash(std::string_view password, std::string_view name) {
  if (auto refusal = fault(password, name)) return std::move(*refusal);
  const Turn turn(*this);
  if (!turn) return too_busy();
  return PasswordHash{make(password)};
}

Result<bool> Passwords::verify(const std::optional<PasswordHash>& hash, std::string_view password) {
  const Turn turn(*this);
  if (!turn) return too_busy();
  ++verifications_;
  const std::string& known = hash ? hash->text : nobodys_hash_;
  const std::string_view tried = password.substr(0, longest + 1);
  const auto check = [&] { return crypto_pwhash_str_verify(known.c_str(), tried.data(), tried.size()); };
  const bool fits = giving_way(check) == 0;
  return fits && hash.has_value();
}

bool Passwords::outdated(const PasswordHash& hash) const {
  return crypto_pwhash_str_needs_rehash(hash.text.c_str(), cost_.passes, cost_.memory) != 0;
}

}  // namespace keepsake
