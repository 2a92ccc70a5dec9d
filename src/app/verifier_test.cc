#include "app/verifier.h"

#include <functional>
#include <thread>

#include "photo/photo_store.h"
#include "support/databases.h"
#include "support/new_photo.h"
#include "support/persons.h"
#include "support/temporary_folder.h"

namespace keepsake::app {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

class VerifierTest : public support::StoreTest {
 protected:
  const support::TemporaryFolder folder_;
  const blobs::InstanceKey key_ = blobs::InstanceKey::from_bytes(Bytes(32, std::byte{5}));
  std::unique_ptr<blobs::BlobStore> blobs_ = blobs::open_file_store(folder_ / "blobs", folder_ / "tmp", key_);
  support::Persons persons_{database()};
  ManualClock clock_{SystemClock().now()};
  const fs::path place_ = folder_ / "mirror";
  Mirror mirror_{database(), key_, place_};
  Verification verification_{{database(), *blobs_, key_, mirror_, clock_}};

  PublicId add(const std::string& text) {
    const PersonId owner = persons_.add("person" + std::to_string(text.size()));
    const auto photo = support::new_photo(*blobs_, key_, owner, text, clock_.now());
    database().write([&](db::Tx& tx) { photo_store::insert(tx, photo); });
    return photo.original.name;
  }
  bool in_mirror(const PublicId& name) const {
    return fs::exists(place_ / "blobs" / name.text().substr(0, 2) / name.text());
  }
  std::optional<VerifyResult> last() {
    return database().read([](db::Reader& reader) { return Verification::last(reader); });
  }
  static bool within(milliseconds time, const std::function<bool()>& holds) {
    const auto end = steady_clock::now() + time;
    while (!holds()) {
      if (steady_clock::now() > end) return false;
      std::this_thread::sleep_for(milliseconds(10));
    }
    return true;
  }
  static VerifierOptions quick(std::int64_t rate) {
    return {
        .rate = rate, .first = milliseconds(1), .verify_after = milliseconds(0), .poll = milliseconds(20)};
  }
};
KEEPSAKE_ON_BOTH_ENGINES(VerifierTest);

TEST_P(VerifierTest, VerifiesByItselfAndFillsTheMirrorOnceItIsThere) {
  const PublicId name = add("a photo");
  Verifier verifier(mirror_, verification_, quick(1 << 30));
  ASSERT_TRUE(within(milliseconds(5000), [&] { return last().has_value(); }));
  EXPECT_EQ(last()->mirror, MirrorState::absent);
  EXPECT_EQ(mirror_.state(), MirrorState::absent);
  fs::create_directory(place_);
  EXPECT_TRUE(within(milliseconds(5000), [&] { return in_mirror(name); }));
  EXPECT_EQ(mirror_.state(), MirrorState::ready);
}

TEST_P(VerifierTest, KeepsToItsRate) {
  fs::create_directory(place_);
  add(std::string(1'000'000, 'x'));
  const auto begun = steady_clock::now();
  Verifier verifier(mirror_, verification_, quick(4'000'000));
  ASSERT_TRUE(within(milliseconds(10'000), [&] { return last().has_value(); }));
  // Here and in the mirror: two million bytes, the first piece of which waits for none before it.
  EXPECT_GE(steady_clock::now() - begun, milliseconds(300));
}

TEST_P(VerifierTest, EndsAtOnceAndVerifiesNothingAtTheRateOfZero) {
  add(std::string(1'000'000, 'x'));
  const auto begun = steady_clock::now();
  {
    Verifier slow(mirror_, verification_, quick(100));
    std::this_thread::sleep_for(milliseconds(200));
  }
  {
    Verifier none(mirror_, verification_, quick(0));
    std::this_thread::sleep_for(milliseconds(100));
  }
  EXPECT_LT(steady_clock::now() - begun, milliseconds(3000));
  EXPECT_FALSE(last());
}

}  // namespace
}  // namespace keepsake::app
