#include "person/passwords.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "support/persons.h"

namespace keepsake {
namespace {

using support::cheap;

TEST(Passwords, FitOnlyThemselves) {
  Passwords passwords(cheap);
  const PasswordHash hash = *passwords.hash("a long enough secret", "ana");
  EXPECT_TRUE(hash.text.starts_with("$argon2id$"));
  EXPECT_EQ(hash.text.find("secret"), std::string::npos);
  EXPECT_TRUE(*passwords.verify(hash, "a long enough secret"));
  EXPECT_FALSE(*passwords.verify(hash, "a long enough secret "));
  EXPECT_FALSE(*passwords.verify(hash, ""));
  EXPECT_NE(passwords.hash("a long enough secret", "ana")->text, hash.text);
}

TEST(Passwords, ALongOneIsNotCut) {
  Passwords passwords(cheap);
  const std::string longest(1000, 'x');
  const PasswordHash hash = *passwords.hash(longest.substr(1) + "y", "ana");
  EXPECT_TRUE(*passwords.verify(hash, longest.substr(1) + "y"));
  EXPECT_FALSE(*passwords.verify(hash, longest));
  EXPECT_FALSE(*passwords.verify(hash, longest.substr(1) + "y" + std::string(100'000, 'z')));
}

TEST(Passwords, RefuseWhatAnybodyWouldTry) {
  EXPECT_FALSE(Passwords::fault("ten letter", "ana"));
  EXPECT_FALSE(Passwords::fault("пароль да", "ana"));
  EXPECT_TRUE(Passwords::fault("", "ana"));
  EXPECT_TRUE(Passwords::fault("nine char", "ana"));
  EXPECT_TRUE(Passwords::fault(std::string(1001, 'x') + "y", "ana"));
  EXPECT_TRUE(Passwords::fault("Password123", "ana"));
  EXPECT_TRUE(Passwords::fault("zzzzzzzzzzzz", "ana"));
  EXPECT_TRUE(Passwords::fault("Anamaria-gold", "anamaria-gold"));
  EXPECT_TRUE(Passwords::fault(std::string_view("with a \0 in it", 14), "ana"));
  EXPECT_TRUE(Passwords::fault("no text \xff\xfe\xfd", "ana"));
  EXPECT_EQ(Passwords::fault("short", "ana")->field, "password");
}

TEST(Passwords, NobodysPasswordCostsTheSameAndNeverFits) {
  Passwords passwords(cheap);
  const PasswordHash hash = *passwords.hash("a long enough secret", "ana");
  EXPECT_FALSE(*passwords.verify(std::nullopt, "a long enough secret"));
  EXPECT_EQ(passwords.verifications(), 1u);
  EXPECT_FALSE(*passwords.verify(hash, "something else"));
  EXPECT_EQ(passwords.verifications(), 2u);
}

// The hash that stands for nobody is a whole one: what libsodium refuses at once would tell by its speed.
TEST(Passwords, NobodysHashHasTheFormOfAnybodys) {
  Passwords passwords(cheap);
  const std::string anybody = passwords.hash("a long enough secret", "ana")->text;
  const std::string nobody = passwords.hash_of_nobody().text;
  EXPECT_EQ(nobody.size(), anybody.size());
  EXPECT_EQ(nobody.substr(0, nobody.rfind('=')), anybody.substr(0, anybody.rfind('=')));
  EXPECT_FALSE(passwords.outdated({nobody}));
}

TEST(Passwords, KnowAHashOfAnotherCost) {
  Passwords now(cheap);
  Passwords later({2, 16384});
  const PasswordHash hash = *now.hash("a long enough secret", "ana");
  EXPECT_FALSE(now.outdated(hash));
  EXPECT_TRUE(later.outdated(hash));
  EXPECT_TRUE(*later.verify(hash, "a long enough secret"));
}

TEST(Passwords, AreMadeAtTheCostThatTheDesignNames) {
  Passwords passwords;
  EXPECT_TRUE(
      passwords.hash("a long enough secret", "ana")->text.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
}

TEST(Passwords, RefuseMoreThanMayWait) {
  Passwords passwords(cheap, {1, 0});
  const PasswordHash hash = *passwords.hash("a long enough secret", "ana");
  std::atomic<int> answered = 0, refused = 0;
  std::vector<std::thread> crowd;
  for (int i = 0; i < 8; ++i) {
    crowd.emplace_back([&] {
      for (int n = 0; n < 50; ++n) {
        const auto fits = passwords.verify(hash, "a long enough secret");
        EXPECT_TRUE(!fits.refused() || fits.refusal().kind == Refused::unavailable);
        ++(fits.refused() ? refused : answered);
      }
    });
  }
  for (std::thread& thread : crowd) thread.join();
  EXPECT_EQ(answered + refused, 400);
  EXPECT_EQ(passwords.verifications(), static_cast<std::uint64_t>(answered));
  EXPECT_TRUE(*passwords.verify(hash, "a long enough secret"));
}

}  // namespace
}  // namespace keepsake
