#include "http/origin.h"

#include <gtest/gtest.h>

namespace keepsake::http {
namespace {

Headers headers_of(std::initializer_list<Header> list) {
  Headers headers;
  for (const Header& header : list) headers.add(header.name, header.value);
  return headers;
}

Address address(std::string_view text) {
  return parse_address(text).value();
}

const AddressBlocks proxies({"10.0.0.0/8", "192.0.2.7", "fd00::/9"});

Origin origin(std::string_view peer, std::initializer_list<Header> headers) {
  return find_origin(headers_of(headers), address(peer), proxies);
}

TEST(Address, IsReadAndWrittenInBothFamilies) {
  EXPECT_EQ(address("192.0.2.1").text(), "192.0.2.1");
  EXPECT_EQ(address("[2001:DB8:0::1]").text(), "2001:db8::1");
  EXPECT_EQ(address("::ffff:192.0.2.1"), address("192.0.2.1"));
  for (const char* bad :
       {"", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "::1%eth0", "[::1", "[1.2.3.4]", "x"}) {
    EXPECT_FALSE(parse_address(bad)) << bad;
  }
  EXPECT_EQ(parse_address_and_port("192.0.2.1:80"), address("192.0.2.1"));
  EXPECT_EQ(parse_address_and_port("[::1]:80"), address("::1"));
  EXPECT_FALSE(parse_address_and_port("192.0.2.1:99999"));
  EXPECT_FALSE(parse_address_and_port("2001:db8::1:80000"));
}

TEST(Address, LiesInBlocksByBits) {
  EXPECT_TRUE(proxies.contains(address("10.255.1.2")));
  EXPECT_TRUE(proxies.contains(address("192.0.2.7")));
  EXPECT_TRUE(proxies.contains(address("fd7f::1")));
  EXPECT_FALSE(proxies.contains(address("fd80::1")));
  EXPECT_FALSE(proxies.contains(address("11.0.0.1")));
  EXPECT_FALSE(proxies.contains(address("192.0.2.6")));
  EXPECT_TRUE(AddressBlocks({"0.0.0.0/0"}).contains(address("8.8.8.8")));
  EXPECT_FALSE(AddressBlocks({"0.0.0.0/0"}).contains(address("2001:db8::1")));
  for (const char* bad : {"10.0.0.0/33", "::/129", "10.0.0.0/", "proxy", "10.0.0.0/-1"}) {
    EXPECT_THROW(AddressBlocks({bad}), std::invalid_argument) << bad;
  }
}

TEST(Origin, BelievesNamedProxiesAlone) {
  const Origin stranger =
      origin("198.51.100.1", {{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-Proto", "https"}});
  EXPECT_EQ(stranger.peer.text(), "198.51.100.1");
  EXPECT_FALSE(stranger.secure);
  EXPECT_TRUE(stranger.doubtful);
  const Origin named = origin("192.0.2.7", {{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-Proto", "HTTPS"}});
  EXPECT_EQ(named.peer.text(), "1.1.1.1");
  EXPECT_TRUE(named.secure);
  EXPECT_FALSE(named.doubtful);
}

TEST(Origin, TakesTheLastHopThatIsNoProxy) {
  EXPECT_EQ(origin("10.0.0.1", {{"X-Forwarded-For", "9.9.9.9, 1.1.1.1, 10.0.0.2"}}).peer.text(), "1.1.1.1");
  EXPECT_EQ(origin("10.0.0.1", {{"X-Forwarded-For", "9.9.9.9"}, {"X-Forwarded-For", "1.1.1.1"}}).peer.text(),
            "1.1.1.1");
  EXPECT_EQ(origin("10.0.0.1", {{"X-Forwarded-For", "9.9.9.9, nonsense, 10.0.0.2"}}).peer.text(), "10.0.0.2");
  EXPECT_EQ(origin("10.0.0.1", {{"X-Forwarded-For", "[2001:db8::5]:443"}}).peer.text(), "2001:db8::5");
  EXPECT_FALSE(origin("10.0.0.1", {{"X-Forwarded-Proto", "http, https"}}).secure);
}

TEST(Origin, ReadsForwarded) {
  const Origin one =
      origin("10.0.0.1", {{"Forwarded", "for=9.9.9.9, For=\"[2001:db8::5]:47\";proto=https;by=10.0.0.1"}});
  EXPECT_EQ(one.peer.text(), "2001:db8::5");
  EXPECT_FALSE(one.secure);
  EXPECT_TRUE(origin("10.0.0.1", {{"Forwarded", "proto=https;for=1.1.1.1"}}).secure);
  EXPECT_EQ(origin("10.0.0.1", {{"Forwarded", "for=_hidden"}}).peer.text(), "10.0.0.1");
}

TEST(Origin, BelievesNeitherOfTwoThatDisagree) {
  const Origin both =
      origin("10.0.0.1", {{"X-Forwarded-For", "1.1.1.1"}, {"Forwarded", "for=2.2.2.2;proto=https"}});
  EXPECT_EQ(both.peer.text(), "10.0.0.1");
  EXPECT_FALSE(both.secure);
  EXPECT_TRUE(both.doubtful);
  EXPECT_TRUE(
      origin("10.0.0.1", {{"X-Forwarded-For", "1.1.1.1"}, {"Forwarded", "for=1.1.1.1;proto=https"}}).secure);
}

TEST(Host, IsNormalised) {
  EXPECT_EQ(host_name("Example.ORG:8080"), "example.org");
  EXPECT_EQ(host_name("example.org."), "example.org");
  EXPECT_EQ(host_name("[::1]:80"), "[::1]");
  EXPECT_EQ(host_name("127.0.0.1"), "127.0.0.1");
  for (const char* bad :
       {"", ":80", "a b", "a@b", "a/b", "[::1", "[::1]x", "a:b", "a:123456", ".a", ".", "a..", "a..b"}) {
    EXPECT_FALSE(host_name(bad)) << bad;
  }
}

TEST(Host, IsAllowedByNameAndOnLoopback) {
  const AllowedHosts hosts({"Photos.Example"});
  EXPECT_TRUE(hosts.allows("photos.example"));
  EXPECT_TRUE(hosts.allows("localhost"));
  EXPECT_TRUE(hosts.allows("127.0.0.1"));
  EXPECT_TRUE(hosts.allows("[::1]"));
  EXPECT_FALSE(hosts.allows("example"));
  EXPECT_FALSE(hosts.allows("localhost.evil.example"));
  EXPECT_FALSE(hosts.allows("192.0.2.1"));
}

}  // namespace
}  // namespace keepsake::http
