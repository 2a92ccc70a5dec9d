#include "blobs/instance_key.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/embedded.h"
#include "support/temporary_folder.h"

namespace keepsake::blobs {
namespace {

namespace fs = std::filesystem;
using support::TemporaryFolder;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

InstanceKey filled_with(unsigned char byte) {
  return InstanceKey::from_bytes(Bytes(32, std::byte{byte}));
}

mode_t mode_of(const fs::path& path) {
  struct stat status{};
  ::stat(path.c_str(), &status);
  return status.st_mode & 0777;
}

TEST(InstanceKey, IsMadeOnceForItsOwnerAlone) {
  const TemporaryFolder folder;
  const fs::path keys = folder / "keys";
  const InstanceKey made = InstanceKey::open_or_create(keys);
  EXPECT_EQ(mode_of(keys), 0700u);
  EXPECT_EQ(mode_of(keys / "instance.key"), 0600u);
  EXPECT_EQ(std::distance(fs::directory_iterator(keys), {}), 1);
  EXPECT_EQ(InstanceKey::open_or_create(keys).phrase(), made.phrase());
  const TemporaryFolder elsewhere;
  EXPECT_NE(InstanceKey::open_or_create(elsewhere / "keys").phrase(), made.phrase());
}

TEST(InstanceKey, IsRefusedWhenOthersMayReadIt) {
  const TemporaryFolder folder;
  InstanceKey::open_or_create(folder / "keys");
  fs::permissions(folder / "keys/instance.key", fs::perms(0640));
  EXPECT_THROW(InstanceKey::open_or_create(folder / "keys"), std::runtime_error);
}

TEST(InstanceKey, IsRefusedWhenOthersMayReplaceIt) {
  const TemporaryFolder folder;
  InstanceKey::open_or_create(folder / "keys");
  fs::permissions(folder / "keys", fs::perms(0770));
  EXPECT_THROW(InstanceKey::open_or_create(folder / "keys"), std::runtime_error);
}

TEST(InstanceKey, IsRefusedWhenDamagedAndNeverMadeAnew) {
  const TemporaryFolder folder;
  const fs::path file = folder / "keys/instance.key";
  InstanceKey::open_or_create(folder / "keys");
  std::string text{std::istreambuf_iterator<char>(std::ifstream(file).rdbuf()), {}};
  for (const std::size_t at : {0u, 30u, 60u, 90u}) {
    std::string damaged = text;
    damaged[at] = damaged[at] == 'a' ? 'b' : 'a';
    std::ofstream(file) << damaged;
    EXPECT_THROW(InstanceKey::open_or_create(folder / "keys"), std::runtime_error) << at;
  }
  std::ofstream(file) << "";
  EXPECT_THROW(InstanceKey::open_or_create(folder / "keys"), std::runtime_error);
}

TEST(InstanceKey, IsNotReadThroughALink) {
  const TemporaryFolder folder, elsewhere;
  InstanceKey::open_or_create(elsewhere / "keys");
  fs::create_directory(folder / "keys");
  fs::permissions(folder / "keys", fs::perms(0700));
  fs::create_symlink(elsewhere / "keys/instance.key", folder / "keys/instance.key");
  EXPECT_THROW(InstanceKey::open_or_create(folder / "keys"), std::runtime_error);
}

TEST(InstanceKey, DerivesAKeyForEachPurposeAndContext) {
  const InstanceKey key = filled_with(7);
  EXPECT_EQ(key.derive("blobs"), filled_with(7).derive("blobs"));
  EXPECT_NE(key.derive("blobs"), key.derive("gate cookie"));
  EXPECT_NE(key.derive("duplicates", as_byte_view("1")), key.derive("duplicates", as_byte_view("2")));
  EXPECT_NE(key.derive("duplicates", as_byte_view("1")), key.derive("duplicates1"));
  EXPECT_NE(key.derive("blobs"), filled_with(8).derive("blobs"));
  EXPECT_NE(key.fingerprint(), filled_with(8).fingerprint());
}

TEST(RecoveryPhrase, KnowsTheStandardsExamples) {
  EXPECT_EQ(joined(filled_with(0).phrase()),
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art");
  EXPECT_EQ(
      joined(filled_with(0xff).phrase()),
      "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo vote");
  EXPECT_EQ(joined(filled_with(0x7f).phrase()),
            "legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth "
            "useful legal winner thank year wave sausage worth title");
}

TEST(RecoveryPhrase, TakesTheStandardsListWordForWord) {
  const auto list = embedded_file("words/recovery_english.txt");
  ASSERT_TRUE(list);
  EXPECT_EQ(hex(sha256(*list)), "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
}

TEST(RecoveryPhrase, BringsTheKeyBackWithCaseAndSpacesForgiven) {
  const TemporaryFolder folder;
  const InstanceKey key = InstanceKey::open_or_create(folder / "keys");
  std::string typed = "  ";
  for (std::string word : key.phrase()) {
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
    typed += word + " \n\t";
  }
  const auto back = InstanceKey::from_phrase(typed);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->derive("blobs"), key.derive("blobs"));
}

TEST(RecoveryPhrase, NoticesAWrongWordAMissingOneAndAWrongChecksum) {
  std::vector<std::string> words = filled_with(0x7f).phrase();
  const auto with = [&](std::size_t at, const char* word) {
    std::vector<std::string> changed = words;
    changed[at] = word;
    return InstanceKey::from_phrase(joined(changed));
  };
  EXPECT_TRUE(with(0, "legal"));
  EXPECT_FALSE(with(0, "legale"));
  EXPECT_FALSE(with(23, "zoo"));
  EXPECT_FALSE(with(5, "abandon"));
  EXPECT_FALSE(InstanceKey::from_phrase(""));
  EXPECT_FALSE(InstanceKey::from_phrase(joined(words) + " zoo"));
  words.pop_back();
  EXPECT_FALSE(InstanceKey::from_phrase(joined(words)));
}

}  // namespace
}  // namespace keepsake::blobs
