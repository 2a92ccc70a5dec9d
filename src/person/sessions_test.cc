#include "person/sessions.h"

#include <algorithm>

#include "support/databases.h"
#include "support/persons.h"

namespace keepsake {
namespace {

using namespace std::chrono_literals;

class SessionsTest : public support::StoreTest {
 protected:
  StartedSession start(std::string_view previous = {}) {
    return persons_.write([&](db::Tx& tx) {
      return persons_.sessions.start(tx, ana_,
                                     {.user_agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0",
                                      .session = std::string(previous)});
    });
  }
  std::optional<SessionInfo> find(std::string_view token) {
    return persons_.read([&](db::Reader& reader) { return persons_.sessions.find(reader, token); });
  }
  std::vector<SessionListed> list() {
    return persons_.read([&](db::Reader& reader) { return persons_.sessions.list(reader, ana_); });
  }
  support::Persons persons_{database()};
  PersonId ana_ = persons_.add("ana", true);
};
KEEPSAKE_ON_BOTH_ENGINES(SessionsTest);

TEST_P(SessionsTest, AreFoundByTheirToken) {
  const StartedSession session = start();
  EXPECT_EQ(session.token.size(), 52u);
  const auto info = find(session.token);
  ASSERT_TRUE(info);
  EXPECT_EQ(info->person, ana_);
  EXPECT_EQ(info->public_id, session.id);
  EXPECT_EQ(info->name, "ana");
  EXPECT_EQ(info->display_name, "Display ana");
  EXPECT_TRUE(info->host);
  EXPECT_FALSE(find(""));
  EXPECT_FALSE(find(session.token + "a"));
  EXPECT_FALSE(find(std::string(52, 'a')));
  EXPECT_FALSE(find(std::string(52, '\0')));
}

TEST_P(SessionsTest, AndTokensKnowTheirPersonsLanguage) {
  const StartedSession session = start();
  const auto token = persons_.write([&](db::Tx& tx) { return persons_.tokens.create(tx, ana_, "a"); });
  const auto of_token = [&] {
    return persons_.read([&](db::Reader& reader) { return persons_.tokens.find(reader, token->text); })
        ->language;
  };
  EXPECT_EQ(find(session.token)->language, "");
  persons_.people.set_language(ana_, "ar");
  EXPECT_EQ(find(session.token)->language, "ar");
  EXPECT_EQ(of_token(), "ar");
  EXPECT_EQ(persons_.read([&](db::Reader& reader) { return People::find(reader, ana_); })->language, "ar");
  persons_.people.set_language(ana_, "");
  EXPECT_EQ(of_token(), "");
}

TEST_P(SessionsTest, TheTokenItselfIsNotKept) {
  const StartedSession session = start();
  EXPECT_FALSE(persons_.read([&](db::Reader& reader) {
    return reader.exists("SELECT 1 FROM session WHERE hash = $1", as_byte_view(session.token));
  }));
}

TEST_P(SessionsTest, EndThirtyDaysAfterTheirLastUse) {
  const StartedSession session = start();
  persons_.clock.advance(29 * 24h);
  auto info = find(session.token);
  ASSERT_TRUE(info);
  EXPECT_TRUE(persons_.sessions.touch(*info));
  persons_.clock.advance(29 * 24h);
  EXPECT_TRUE(find(session.token));
  persons_.clock.advance(24h);
  EXPECT_FALSE(find(session.token));
  EXPECT_TRUE(list().empty());
}

TEST_P(SessionsTest, EndAfterHalfAYearHoweverUsed) {
  const StartedSession session = start();
  for (int day = 0; day < 179; ++day) {
    persons_.clock.advance(24h);
    persons_.sessions.touch(find(session.token).value());
  }
  EXPECT_TRUE(find(session.token));
  persons_.clock.advance(24h);
  EXPECT_FALSE(find(session.token));
}

TEST_P(SessionsTest, WriteTheirUseAtMostHourly) {
  const StartedSession session = start();
  persons_.clock.advance(59min);
  EXPECT_FALSE(persons_.sessions.touch(*find(session.token)));
  persons_.clock.advance(1min);
  EXPECT_TRUE(persons_.sessions.touch(*find(session.token)));
  EXPECT_FALSE(persons_.sessions.touch(*find(session.token)));
  EXPECT_EQ(list().front().last_seen, persons_.clock.now());
}

TEST_P(SessionsTest, AreListedAndRevoked) {
  const StartedSession first = start();
  persons_.clock.advance(1min);
  const StartedSession second = start();
  const StartedSession third = start();
  ASSERT_EQ(list().size(), 3u);
  EXPECT_EQ(list().back().id, first.id);
  EXPECT_EQ(list().back().label, "Firefox on Linux");
  const PersonId bea = persons_.add("bea");
  persons_.write([&](db::Tx& tx) {
    EXPECT_FALSE(persons_.sessions.revoke(tx, bea, first.id));
    EXPECT_TRUE(persons_.sessions.revoke(tx, ana_, first.id));
    EXPECT_FALSE(persons_.sessions.revoke(tx, ana_, first.id));
  });
  EXPECT_FALSE(find(first.token));
  EXPECT_EQ(persons_.write([&](db::Tx& tx) { return persons_.sessions.revoke_all(tx, ana_, second.id); }), 1);
  EXPECT_TRUE(find(second.token));
  EXPECT_FALSE(find(third.token));
  persons_.sessions.end(second.token);
  EXPECT_FALSE(find(second.token));
}

TEST_P(SessionsTest, ASignInAtTheSameBrowserEndsTheEarlierOne) {
  const StartedSession first = start();
  const StartedSession second = start(first.token);
  EXPECT_NE(first.token, second.token);
  EXPECT_FALSE(find(first.token));
  EXPECT_TRUE(find(second.token));
}

TEST_P(SessionsTest, SweepForgetsWhatExpired) {
  start();
  persons_.clock.advance(31 * 24h);
  const StartedSession fresh = start();
  persons_.sessions.sweep();
  EXPECT_TRUE(find(fresh.token));
  EXPECT_EQ(persons_.read([](db::Reader& reader) {
    return reader.one("SELECT count(*) FROM session", [](const db::Row& row) { return row.integer(0); });
  }),
            1);
}

TEST(DeviceLabel, SaysItInAFewWords) {
  EXPECT_EQ(device_label("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
                         "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"),
            "Safari on iPhone");
  EXPECT_EQ(device_label("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                         "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0"),
            "Edge on Windows");
  EXPECT_EQ(device_label(
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36"),
            "Chrome on Android");
  EXPECT_EQ(device_label(""), "a browser");
  EXPECT_EQ(device_label("<script>\xff" + std::string(100'000, 'x')), "a browser");
}

// A browser with its device cookie, signed in as `person`.
class DevicesTest : public SessionsTest {
 protected:
  StartedSession sign_in(const std::string& device = {}, std::optional<PersonId> person = {}) {
    return persons_.write(
        [&](db::Tx& tx) { return persons_.sessions.start(tx, person.value_or(ana_), {.device = device}); });
  }
  bool knows(const std::string& device, const char* name = "ana") {
    return persons_.read([&](db::Reader& reader) { return Sessions::known_device(reader, name, device); })
        .has_value();
  }
  bool has_news(const StartedSession& session) { return find(session.token)->news; }
  std::int64_t devices() {
    return persons_.read([](db::Reader& reader) {
      return reader.one("SELECT count(*) FROM known_device",
                        [](const db::Row& row) { return row.integer(0); });
    });
  }
};
KEEPSAKE_ON_BOTH_ENGINES(DevicesTest);

TEST_P(DevicesTest, AreKnownByASecretThatChangesWithEachSignIn) {
  const std::string first = sign_in().device;
  EXPECT_TRUE(knows(first));
  EXPECT_FALSE(knows(first, "nobody"));
  EXPECT_FALSE(knows(""));
  EXPECT_FALSE(knows(std::string(52, 'a')));
  const std::string second = sign_in(first).device;
  EXPECT_NE(first, second);
  EXPECT_FALSE(knows(first));
  EXPECT_TRUE(knows(second));
  EXPECT_EQ(devices(), 1);
  sign_in("what somebody else put there");
  EXPECT_EQ(devices(), 2);
}

TEST_P(DevicesTest, OneDeviceIsKnownToAllWhoSignInThere) {
  const PersonId bea = persons_.add("bea");
  const std::string of_ana = sign_in().device;
  EXPECT_FALSE(knows(of_ana, "bea"));
  const std::string of_both = sign_in(of_ana, bea).device;
  EXPECT_TRUE(knows(of_both, "ana"));
  EXPECT_TRUE(knows(of_both, "bea"));
  EXPECT_FALSE(knows(of_ana, "ana"));
}

TEST_P(DevicesTest, ANewOneIsNewsOnTheOthersUntilTheyShowIt) {
  const StartedSession phone = sign_in();
  EXPECT_FALSE(has_news(phone));
  persons_.clock.advance(1min);
  const StartedSession laptop = sign_in();
  EXPECT_TRUE(has_news(phone));
  EXPECT_FALSE(has_news(laptop));
  persons_.clock.advance(1min);
  persons_.write([&](db::Tx& tx) { persons_.sessions.notice(tx, ana_, phone.id); });
  EXPECT_FALSE(has_news(phone));
  const StartedSession phone_again = sign_in(phone.device);
  const StartedSession laptop_again = sign_in(laptop.device);
  EXPECT_FALSE(has_news(phone_again));
  EXPECT_FALSE(has_news(laptop_again));
  persons_.clock.advance(1min);
  const StartedSession third = sign_in();
  EXPECT_TRUE(has_news(phone_again));
  EXPECT_TRUE(has_news(laptop_again));
  // It waits there for the next sign-in too.
  EXPECT_TRUE(has_news(sign_in(phone_again.device)));
  EXPECT_EQ(persons_.read([&](db::Reader& reader) { return People::events(reader, ana_); })[0].event,
            AccountEvent::new_device);
  const auto sessions = list();
  EXPECT_EQ(
      std::count_if(sessions.begin(), sessions.end(), [](const auto& one) { return one.on_new_device; }), 3);
  EXPECT_FALSE(has_news(third));
}

TEST_P(DevicesTest, SigningOutLeavesThemKnownAndEndingElsewhereDoesNot) {
  StartedSession phone = sign_in();
  const StartedSession laptop = sign_in();
  const StartedSession tablet = sign_in();
  persons_.sessions.end(phone.token);
  EXPECT_TRUE(knows(phone.device));
  persons_.write([&](db::Tx& tx) { persons_.sessions.revoke(tx, ana_, tablet.id); });
  EXPECT_FALSE(knows(tablet.device));
  phone = sign_in(phone.device);
  persons_.write([&](db::Tx& tx) { persons_.sessions.revoke_all(tx, ana_, phone.id); });
  EXPECT_TRUE(knows(phone.device));
  EXPECT_FALSE(knows(laptop.device));
}

TEST_P(DevicesTest, ANewPasswordLeavesTheOneWhereItWasTyped) {
  const StartedSession phone = sign_in();
  const StartedSession laptop = sign_in();
  persons_.people.change_password(ana_, support::password, "another long secret", phone.id).value();
  EXPECT_TRUE(knows(phone.device));
  EXPECT_FALSE(knows(laptop.device));
  persons_.people.set_password(ana_, "a third long secret").value();
  EXPECT_FALSE(knows(phone.device));
}

// As a real one goes: another time at each look.
class GoingClock final : public Clock {
 public:
  Time now() const override { return from_micros(++micros_); }

 private:
  mutable std::int64_t micros_ = 1'700'000'000'000'000;
};

TEST_P(DevicesTest, ANewOneIsSaidToBeNewWhileTheClockGoes) {
  const GoingClock clock;
  Sessions sessions(database(), clock);
  const auto first =
      persons_.write([&](db::Tx& tx) { return sessions.start(tx, ana_, Client{.device = {}}); });
  persons_.write([&](db::Tx& tx) { return sessions.start(tx, ana_, Client{.device = first.device}); });
  const auto listed = persons_.read([&](db::Reader& reader) { return sessions.list(reader, ana_); });
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_FALSE(listed[0].on_new_device);
  EXPECT_TRUE(listed[1].on_new_device);
}

TEST_P(DevicesTest, ANewOneIsNewsAlthoughTheClockWasSetBack) {
  const StartedSession phone = sign_in();
  persons_.write([&](db::Tx& tx) { persons_.sessions.notice(tx, ana_, phone.id); });
  persons_.clock.advance(-1h);
  const StartedSession laptop = sign_in();
  EXPECT_TRUE(has_news(phone));
  EXPECT_FALSE(has_news(laptop));
  persons_.write([&](db::Tx& tx) { persons_.sessions.notice(tx, ana_, phone.id); });
  EXPECT_FALSE(has_news(phone));
}

TEST_P(DevicesTest, WhoComesInAgainAndAgainDisplacesNobodyWhoIsThere) {
  const StartedSession phone = sign_in();
  for (int i = 0; i < Sessions::most_devices + 5; ++i) {
    persons_.clock.advance(1s);
    sign_in();
  }
  EXPECT_EQ(devices(), Sessions::most_devices);
  EXPECT_TRUE(knows(phone.device));
  EXPECT_TRUE(has_news(phone));
}

TEST_P(DevicesTest, AreForgottenInTimeAndBoundedInNumber) {
  const StartedSession old = sign_in();
  persons_.sessions.end(old.token);
  for (int i = 0; i < Sessions::most_devices; ++i) {
    persons_.clock.advance(1s);
    sign_in();
  }
  EXPECT_EQ(devices(), Sessions::most_devices);
  EXPECT_FALSE(knows(old.device));
  persons_.clock.advance(Sessions::device_unused_for + 1s);
  persons_.sessions.sweep();
  EXPECT_EQ(devices(), 0);
}

}  // namespace
}  // namespace keepsake
