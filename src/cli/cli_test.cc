#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "app/control.h"
#include "blobs/instance_key.h"
#include "cli/instance.h"
#include "cli/run.h"
#include "photo/photo_store.h"
#include "support/temporary_folder.h"

namespace keepsake::cli {
namespace {

struct Ran {
  int status;
  std::string out, err;
};

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

class CommandsTest : public testing::Test {
 protected:
  // Runs `words` with --data; `input` is what stands on standard input.
  Ran run(std::vector<std::string> words, const std::string& input = "") {
    words.insert(words.begin(), "keepsake");
    words.insert(words.end(), {"--data", data().string(), "--log-level", "error"});
    return run_plainly(words, input);
  }
  Ran run_plainly(const std::vector<std::string>& words, const std::string& input = "") {
    std::istringstream in(input);
    std::ostringstream out, err;
    Console console{in, out, err, false};
    const int status = cli::run(words, {}, console);
    return {status, out.str(), err.str()};
  }
  void add(const std::string& name) {
    ASSERT_EQ(run({"person", "add", name, "--password-stdin"}, "a long enough secret\n").status, 0);
  }
  template <class F>
  auto with_instance(F&& act) {
    Settings settings;
    settings.data = data();
    Instance instance(settings);
    return act(instance);
  }
  bool signs_in(const std::string& name, const std::string& password) {
    return with_instance([&](Instance& instance) {
      return !instance.services().sign_in.with_password(name, password, {}).refused();
    });
  }
  std::filesystem::path data() const { return folder_ / "data"; }
  support::TemporaryFolder folder_;
};

TEST_F(CommandsTest, AddAPersonWhoSignsIn) {
  const Ran ran = run({"person", "add", "ana", "--password-stdin", "--display-name", "Āna", "--host"},
                      "a long enough secret\r\nignored");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, "Added ana, who is host.\n");
  EXPECT_TRUE(signs_in("ana", "a long enough secret"));
  EXPECT_TRUE(contains(run({"person", "list"}).out, "ana\tĀna\tsince "));
  struct stat state{};
  ASSERT_EQ(::stat(data().c_str(), &state), 0);
  EXPECT_EQ(state.st_mode & 0777, 0700u);
}

TEST_F(CommandsTest, RefusalsAreSentencesWithStatusOne) {
  add("ana");
  Ran ran = run({"person", "add", "ana", "--password-stdin"}, "a long enough secret\n");
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.err, "keepsake: This name is taken. Please choose another.\n");
  EXPECT_EQ(run({"person", "add", "bea", "--password-stdin"}, "short\n").status, 1);
  EXPECT_EQ(run({"person", "add", "bea", "--password-stdin"}, "").status, 1);
  EXPECT_EQ(run({"person", "add", "bea", "--password-stdin"}, std::string(100'000, 'x')).status, 1);
  ran = run({"token", "create", "nobody-here"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.err, "keepsake: There is no person of the name nobody-here.\n");
}

TEST_F(CommandsTest, MisuseHasStatusTwo) {
  EXPECT_EQ(run({}).status, 2);
  EXPECT_EQ(run({"person"}).status, 2);
  EXPECT_EQ(run({"persons", "add"}).status, 2);
  EXPECT_EQ(run({"person", "add"}).status, 2);
  EXPECT_EQ(run({"person", "add", "ana", "--password", "on the command line"}).status, 2);
  EXPECT_EQ(run({"person", "add", "ana"}).status, 2);  // nobody to ask for the password
  EXPECT_EQ(run({"person", "list", "--port", "70000"}).status, 2);
  EXPECT_EQ(run_plainly({"keepsake", "person", "list"}).status, 2);
  EXPECT_TRUE(contains(run_plainly({"keepsake", "person", "list"}).err, "No data directory"));
  EXPECT_FALSE(std::filesystem::exists(data()));
}

TEST_F(CommandsTest, HelpIsPrintedOnRequest) {
  const Ran ran = run_plainly({"keepsake", "--help"});
  EXPECT_EQ(ran.status, 0);
  for (const char* word : {"serve", "person", "token", "invite", "doctor", "--data", "--disk-floor"})
    EXPECT_TRUE(contains(ran.out, word)) << word;
  EXPECT_TRUE(contains(run_plainly({"keepsake", "person", "add", "--help"}).out, "--password-stdin"));
  EXPECT_EQ(run_plainly({"keepsake", "version"}).status, 0);
}

TEST_F(CommandsTest, AFileOfSettingsIsEnough) {
  const auto file = folder_ / "keepsake.toml";
  std::ofstream(file) << "data = \"data\"\nlog_level = \"error\"\n";
  EXPECT_EQ(run_plainly({"keepsake", "person", "add", "ana", "--password-stdin", "--config", file.string()},
                        "a long enough secret\n")
                .status,
            0);
  EXPECT_TRUE(signs_in("ana", "a long enough secret"));
}

TEST_F(CommandsTest, ATokenIsPrintedAlone) {
  add("ana");
  const Ran ran = run({"token", "create", "ana", "--name", "script"});
  EXPECT_EQ(ran.status, 0);
  ASSERT_EQ(ran.out.size(), 62u);
  const std::string text = ran.out.substr(0, 61);
  const auto works = [&] {
    return with_instance([&](Instance& instance) {
      return instance.database().read(
          [&](db::Reader& reader) { return instance.services().tokens.find(reader, text).has_value(); });
    });
  };
  EXPECT_TRUE(works());
  const std::string listed = run({"token", "list", "ana"}).out;
  EXPECT_TRUE(contains(listed, "\tscript\t"));
  EXPECT_FALSE(contains(listed, text));
  EXPECT_EQ(run({"token", "revoke", "ana", "../x"}).status, 1);
  EXPECT_EQ(run({"token", "revoke", "ana", listed.substr(0, listed.find('\t'))}).status, 0);
  EXPECT_FALSE(works());
}

TEST_F(CommandsTest, AForgottenPasswordIsSetAnew) {
  add("ana");
  const Ran link = run({"person", "passwd", "ana"});
  EXPECT_EQ(link.status, 0);
  EXPECT_TRUE(link.out.starts_with("http://127.0.0.1:8080/reset/"));
  EXPECT_TRUE(signs_in("ana", "a long enough secret"));
  EXPECT_EQ(run({"person", "passwd", "ana", "--password-stdin"}, "quite another one\n").status, 0);
  EXPECT_TRUE(signs_in("ana", "quite another one"));
}

TEST_F(CommandsTest, RemovingAsksFirst) {
  add("ana");
  EXPECT_EQ(run({"person", "remove", "ana"}, "ana\n").status, 2);
  EXPECT_TRUE(signs_in("ana", "a long enough secret"));
  EXPECT_EQ(run({"person", "remove", "ana", "--yes"}).status, 0);
  EXPECT_FALSE(signs_in("ana", "a long enough secret"));
}

TEST_F(CommandsTest, SuspendAndMakeHost) {
  add("ana");
  EXPECT_EQ(run({"person", "suspend", "ana"}).status, 0);
  EXPECT_FALSE(signs_in("ana", "a long enough secret"));
  EXPECT_EQ(run({"person", "unsuspend", "ana"}).status, 0);
  EXPECT_TRUE(signs_in("ana", "a long enough secret"));
  EXPECT_EQ(run({"person", "make-host", "ana"}).status, 0);
  EXPECT_TRUE(contains(run({"person", "list"}).out, "\thost"));
  EXPECT_EQ(run({"person", "unmake-host", "ana"}).status, 1);  // the only one
}

TEST_F(CommandsTest, AnInvitationIsALink) {
  add("ana");
  const Ran ran = run({"invite", "create", "--days", "2"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(ran.out.starts_with("http://127.0.0.1:8080/invitation/"));
  const std::string listed = run({"invite", "list"}).out;
  EXPECT_TRUE(contains(listed, "\tends "));
  EXPECT_EQ(run({"invite", "revoke", listed.substr(0, listed.find('\t'))}).status, 0);
  EXPECT_TRUE(run({"invite", "list"}).out.empty());
  EXPECT_EQ(run({"invite", "create", "--by", "ana"}).status, 0);
  EXPECT_FALSE(run({"invite", "list", "--by", "ana"}).out.empty());
  EXPECT_EQ(run({"invite", "create", "--days", "91"}).status, 2);
  EXPECT_EQ(run({"invite", "create", "--circle", "x"}).status, 2);
  EXPECT_EQ(run({"invite", "create", "--by", "ana", "--circle", "x"}).status, 1);
}

TEST_F(CommandsTest, AnInvitationMayLeadIntoACircle) {
  add("ana");
  const PublicId circle = with_instance([](Instance& instance) {
    return instance.services().circles.create(instance.person("ana").id, "Family", {}).value();
  });
  const Ran ran = run({"invite", "create", "--by", "ana", "--circle", circle.text()});
  EXPECT_EQ(ran.status, 0) << ran.err;
  const std::string secret = ran.out.substr(ran.out.rfind('/') + 1, 52);
  EXPECT_TRUE(with_instance([&](Instance& instance) {
    return instance.database()
        .read([&](db::Reader& reader) { return instance.services().invitations.find(reader, secret); })
        .value()
        .circle.has_value();
  }));
}

TEST_F(CommandsTest, ARunningServerIsTold) {
  add("ana");
  int told = 0;
  const ControlServer server(data(), [&] { ++told; });
  EXPECT_EQ(run({"person", "suspend", "ana"}).status, 0);
  EXPECT_EQ(told, 1);
  EXPECT_EQ(run({"person", "remove", "ana", "--yes"}).status, 0);
  EXPECT_EQ(told, 2);
}

TEST_F(CommandsTest, DoctorChangesNothingAndFindsWhatIsWrong) {
  const Ran before = run({"doctor"});
  EXPECT_EQ(before.status, 0) << before.out;
  EXPECT_FALSE(std::filesystem::exists(data()));
  add("ana");
  const Ran well = run({"doctor"});
  EXPECT_EQ(well.status, 0) << well.out;
  for (const char* part : {"disk_floor", "512 MiB", "SQLite", "libsodium", "The instance key is whole",
                           "The schema is at", "No server is running", "(--log-level)"})
    EXPECT_TRUE(contains(well.out, part)) << part << '\n' << well.out;
  ASSERT_EQ(::chmod((data() / "keys" / "instance.key").c_str(), 0644), 0);
  const Ran open = run({"doctor"});
  EXPECT_EQ(open.status, 1);
  EXPECT_TRUE(contains(open.out, "problem  The instance key can be read by others"));
  std::filesystem::remove(data() / "keys" / "instance.key");
  EXPECT_TRUE(contains(run({"doctor"}).out, "problem  There is no instance key"));
  EXPECT_FALSE(std::filesystem::exists(data() / "keys" / "instance.key"));
  EXPECT_EQ(run({"doctor", "--disk-floor", "900 TiB"}).status, 1);
}

TEST_F(CommandsTest, VerifySaysWhatItCouldNotDo) {
  const Ran nowhere = run({"verify"});
  EXPECT_EQ(nowhere.status, 2);
  EXPECT_TRUE(contains(nowhere.err, "There is no Keepsake in"));
  EXPECT_FALSE(std::filesystem::exists(data()));
  add("ana");
  EXPECT_EQ(run({"verify", "--new-mirror"}).status, 2);
  const auto mirror = folder_ / "mirror";
  EXPECT_EQ(run({"verify", "--mirror", mirror.string()}).status, 1);
  std::filesystem::create_directory(mirror);
  EXPECT_EQ(run({"verify", "--mirror", mirror.string()}).status, 0);
  std::filesystem::remove_all(mirror);
  std::filesystem::create_directory(mirror);
  const Ran unplugged = run({"verify", "--mirror", mirror.string()});
  EXPECT_EQ(unplugged.status, 1);
  EXPECT_TRUE(contains(unplugged.out, "its disk is not mounted"));
  EXPECT_EQ(run({"verify", "--mirror", mirror.string(), "--new-mirror"}).status, 0);
  const Ran well = run({"verify", "--json"});
  EXPECT_EQ(well.status, 0);
  EXPECT_TRUE(contains(well.out, "\"sound\":true"));
  std::filesystem::remove_all(data() / "keys");
  EXPECT_EQ(run({"verify"}).status, 2);
}

// A photo of `owner` with a rendition in each encoding, whose files are not there.
photo_store::NewPhoto photo_without_files(PersonId owner) {
  const auto gone = [] { return blobs::BlobRef{PublicId::random(), Bytes(60), 9}; };
  photo_store::NewPhoto photo{.id = PublicId::random(),
                              .owner = owner,
                              .original = gone(),
                              .duplicate = sha256("a photo"),
                              .sealed_digest = Bytes(60),
                              .format = image::Format::jpeg,
                              .extent = {4, 3},
                              .uploaded = SystemClock().now(),
                              .renditions = {}};
  for (const Encoding encoding : {Encoding::webp, Encoding::jpeg, Encoding::avif})
    photo.renditions.push_back({.edge = 320, .encoding = encoding, .extent = {4, 3}, .blob = gone()});
  return photo;
}

TEST_F(CommandsTest, VerifyNamesEachFileByWhatItIs) {
  add("ana");
  const PublicId id = with_instance([](Instance& instance) {
    const auto photo = photo_without_files(instance.person("ana").id);
    instance.database().write([&](db::Tx& tx) { photo_store::insert(tx, photo); });
    return photo.id;
  });
  const Ran sentences = run({"verify"}), json = run({"verify", "--json"});
  EXPECT_EQ(sentences.status, 1);
  const std::string photo = "photo " + id.text() + " of ana, ";
  EXPECT_TRUE(contains(sentences.out, photo + "the original: ")) << sentences.out;
  for (const std::string encoding : {"webp", "jpeg", "avif"}) {
    EXPECT_TRUE(contains(sentences.out, photo + "rendition 320 " + encoding + ": ")) << sentences.out;
    EXPECT_TRUE(contains(json.out, "\"edge\":320,\"encoding\":\"" + encoding + "\"")) << json.out;
  }
}

TEST_F(CommandsTest, DoctorLetsAServiceReadSettingsThatItCannotChange) {
  add("ana");
  const auto file = folder_ / "keepsake.toml";
  std::ofstream(file) << "log_level = \"error\"\n";
  ASSERT_EQ(::chmod(file.c_str(), 0640), 0);
  const Ran ran = run({"doctor", "--config", file.string()});
  const bool by_root = ::geteuid() == 0;
  EXPECT_EQ(ran.status, by_root ? 0 : 1) << ran.out;
  ASSERT_EQ(::chmod(file.c_str(), 0644), 0);
  EXPECT_EQ(run({"doctor", "--config", file.string()}).status, 1);
}

TEST_F(CommandsTest, RefuseToStartWithoutTheKeyAndTakeItBackFromThePhrase) {
  add("ana");
  const auto words = blobs::InstanceKey::open_or_create(data() / "keys").phrase();
  std::filesystem::remove(data() / "keys" / "instance.key");
  const Ran lost = run({"person", "list"});
  EXPECT_EQ(lost.status, 1);
  EXPECT_TRUE(contains(lost.err, "recovery phrase")) << lost.err;
  EXPECT_EQ(run({"key", "restore"}, "not the words").status, 1);
  std::string phrase;
  for (const std::string& word : words) phrase += word + "\n";
  EXPECT_EQ(run({"key", "restore"}, phrase).status, 0);
  EXPECT_EQ(run({"person", "list"}).status, 0);
  EXPECT_EQ(run({"key", "restore"}, phrase).status, 1) << "a key that is there stays";
}

}  // namespace
}  // namespace keepsake::cli
