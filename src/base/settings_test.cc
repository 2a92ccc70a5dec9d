#include "base/settings.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_folder.h"

namespace keepsake {
namespace {

namespace fs = std::filesystem;

class SettingsTest : public testing::Test {
 protected:
  fs::path write_file(const std::string& content) {
    const fs::path file = folder_ / "keepsake.toml";
    std::ofstream(file) << content;
    return file;
  }
  // The sentence of the fault, or empty.
  std::string fault(const std::string& content, const SettingFlags& flags = {}) {
    try {
      load_settings(write_file(content), flags, {});
      return "";
    } catch (const SettingError& error) {
      return error.what();
    }
  }
  support::TemporaryFolder folder_;
};

TEST_F(SettingsTest, FlagsWinOverEnvironmentOverFile) {
  write_file("port = 1000\ntitle = \"Ours\"\nhosts = [\"a.example\", \"b.example\"]\n");
  const std::vector<std::string> environment = {"KEEPSAKE_PORT=2000", "KEEPSAKE_LANGUAGE=mi",
                                                "KEEPSAKE_HOSTS=c.example, d.example"};
  const SettingFlags flags = {{"data", folder_.path().string()}, {"port", "3000"}};
  const LoadedSettings loaded = load_settings({}, flags, environment);
  EXPECT_EQ(loaded.settings.port, 3000);
  EXPECT_EQ(loaded.settings.title, "Ours");
  EXPECT_EQ(loaded.settings.language, "mi");
  EXPECT_EQ(loaded.settings.hosts, (std::vector<std::string>{"c.example", "d.example"}));
  EXPECT_EQ(loaded.file, folder_ / "keepsake.toml");
  EXPECT_EQ(loaded.sources.at("port"), SettingSource::flag);
  EXPECT_EQ(loaded.sources.at("title"), SettingSource::file);
  EXPECT_EQ(loaded.sources.at("language"), SettingSource::environment);
  EXPECT_FALSE(loaded.sources.contains("address"));
}

TEST_F(SettingsTest, TheDataDirectoryOfAFileCountsFromItsFolder) {
  const fs::path file = write_file("data = \"kept\"\n");
  EXPECT_EQ(load_settings(file, {}, {}).settings.data, folder_ / "kept");
  const std::vector<std::string> environment = {"KEEPSAKE_CONFIG=" + file.string()};
  EXPECT_EQ(load_settings({}, {}, environment).settings.data, folder_ / "kept");
}

TEST_F(SettingsTest, AMirrorLiesApartFromThePhotos) {
  const std::string data = "data = \"" + (folder_ / "data").string() + "\"\nmirror = \"";
  const auto at = [&](const fs::path& mirror) { return fault(data + mirror.string() + "\"\n"); };
  EXPECT_EQ(at(folder_ / "mirror"), "");
  EXPECT_EQ(at(folder_ / "data" / "blobs-two"), "");
  for (const fs::path& mirror :
       {folder_ / "data" / "blobs", folder_ / "data" / "blobs" / "in", folder_ / "data"})
    EXPECT_NE(at(mirror).find("mirror: must be a directory apart"), std::string::npos) << mirror;
}

TEST_F(SettingsTest, SaysWhatIsWrongAndWhere) {
  EXPECT_NE(fault("data = \"d\"\nprot = 1\n").find("line 2: \"prot\" is no setting. Did you mean \"port\"?"),
            std::string::npos);
  EXPECT_NE(fault("data = \"d\"\nport = 70000\n").find("port: must be a number from 0 to 65535."),
            std::string::npos);
  EXPECT_NE(fault("data = \"d\"\nport = [1]\n").find("port: takes one value"), std::string::npos);
  EXPECT_NE(fault("data = \"d\"\nport = 1.5\n").find("must be a text or a whole number"), std::string::npos);
  EXPECT_NE(fault("data = \n").find("line 1: "), std::string::npos);
  EXPECT_NE(fault("port = 1\n").find("No data directory"), std::string::npos);
  EXPECT_EQ(fault("", {{"data", "d"}, {"log_level", "loud"}}),
            "--log-level: must be debug, info, warning or error.");
  EXPECT_THROW(load_settings(folder_ / "absent.toml", {}, {}), SettingError);
}

TEST_F(SettingsTest, WarnsOfAMistypedVariableAlone) {
  const std::vector<std::string> environment = {"KEEPSAKE_PROT=1", "KEEPSAKE_SOMETHING_ELSE_ALTOGETHER=1",
                                                "HOME=/", "KEEPSAKE_DATA=d"};
  const LoadedSettings loaded = load_settings({}, {}, environment);
  ASSERT_EQ(loaded.warnings.size(), 1u);
  EXPECT_EQ(loaded.warnings[0], "\"KEEPSAKE_PROT\" is no setting. Did you mean \"KEEPSAKE_PORT\"?");
}

TEST_F(SettingsTest, TakesSizesWithUnits) {
  const auto settings =
      load_settings({}, {{"data", "d"}, {"disk_floor", "2 GiB"}, {"most_photo_bytes", "50000000"}}, {})
          .settings;
  EXPECT_EQ(settings.disk_floor, std::int64_t{2} << 30);
  EXPECT_EQ(settings.most_photo_bytes, 50'000'000);
  EXPECT_NE(fault("", {{"data", "d"}, {"disk_floor", "9999999999 GiB"}}), "");
  EXPECT_NE(fault("", {{"data", "d"}, {"disk_floor", "-1"}}), "");
}

TEST_F(SettingsTest, ThePublicAddressNeedsHttpsOffLoopback) {
  const auto load = [](const std::string& address) {
    return load_settings({}, {{"data", "d"}, {"public_address", address}, {"hosts", "b.example"}}, {})
        .settings;
  };
  EXPECT_EQ(load("https://Photos.example/").origin(), "https://photos.example");
  EXPECT_EQ(load("https://photos.example:8443").allowed_hosts(),
            (std::vector<std::string>{"b.example", "photos.example"}));
  EXPECT_EQ(load("http://localhost:8080").origin(), "http://localhost:8080");
  EXPECT_THROW(load("http://photos.example"), SettingError);
  EXPECT_THROW(load("https://photos.example/path"), SettingError);
  EXPECT_THROW(load("https://"), SettingError);
  EXPECT_EQ(Settings{}.origin(), "http://127.0.0.1:8080");
}

TEST_F(SettingsTest, ChecksProxies) {
  const auto proxies = [&](const std::string& value) {
    return fault("", {{"data", "d"}, {"proxies", value}});
  };
  EXPECT_EQ(proxies("10.0.0.0/8"), "");
  EXPECT_EQ(proxies("fd00::/8"), "");
  EXPECT_NE(proxies("10.0.0.0/33"), "");
  EXPECT_NE(proxies("everywhere"), "");
}

TEST_F(SettingsTest, ShowsNoPasswordOfTheDatabase) {
  const auto settings =
      load_settings(
          {}, {{"data", "d"}, {"database", "postgresql://ana:secret@db.example/keepsake?password=secret"}},
          {})
          .settings;
  for (const SettingRow& row : setting_rows())
    EXPECT_EQ(row.show(settings).find("secret"), std::string::npos) << row.key;
}

// What a table shows, it also takes, so that `doctor`'s print can be typed into a file.
TEST_F(SettingsTest, TakesWhatItShows) {
  const Settings standard = load_settings({}, {{"data", "d"}}, {}).settings;
  for (const SettingRow& row : setting_rows()) {
    if (row.list || row.key == "database" || row.key == "public_address") continue;
    Settings settings;
    EXPECT_FALSE(row.take(settings, row.show(standard))) << row.key;
    EXPECT_EQ(row.show(settings), row.show(standard)) << row.key;
    EXPECT_FALSE(row.help.empty());
  }
}

}  // namespace
}  // namespace keepsake
