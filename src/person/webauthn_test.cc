#include "person/webauthn.h"

#include <gtest/gtest.h>

#include "base/base64url.h"

namespace keepsake::webauthn {
namespace {

// What authenticators with keys of each kind gave at https://photos.example, in base64url; made by Node's
// OpenSSL. The first states who made it (a self attestation, format "packed").
struct Vector {
  std::int64_t algorithm;
  const char* attestation;
  const char* client_data;
  const char* authenticator_data;
  const char* signature;
};

const Vector vectors[] = {
    {-7,
     "o2NmbXRmcGFja2VkZ2F0dFN0bXSiY2FsZyZjc2lnWEcwRQIhANx1CsQDCOKLQk_d78JgVt75b3wbcv2vYiGTgwwVTT"
     "oxAiAGeUR1QsGiSawbFcD_j5Y4adf0NrTs6ATCEQzv0OufrWhhdXRoRGF0YViUbd8lqiXK4IgTOCGGtb7u2z7675rb"
     "fDAVUROprjxYv-pFAAAAAQAAAAAAAAAAAAAAAAAAAAAAEMNdolLXhiklT8YX9LKMEx-lAQIDJiABIVggRBL5POEF7t"
     "aTAGSCQ4dO-ut88BydSKUA6B5Z0LghtUkiWCBnh0uRJNgwYolQ_aZDr1HujDOMfyJFRPcQ4Wgf5w6Q4Q",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUFFQ0F3UUZCZ2NJQ1EiLCJvcmlnaW4iOiJodHRwcz"
     "ovL3Bob3Rvcy5leGFtcGxlIiwiY3Jvc3NPcmlnaW4iOmZhbHNlfQ",
     "bd8lqiXK4IgTOCGGtb7u2z7675rbfDAVUROprjxYv-oFAAAABw",
     "MEUCIQDcdQrEAwjii0JP3e_CYFbe-W98G3L9r2Ihk4MMFU06MQIgBnlEdULBokmsGxXA_4-WOGnX9Da07OgEwhEM79"
     "Drn60"},
    {-8,
     "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVhxbd8lqiXK4IgTOCGGtb7u2z7675rbfDAVUROprjxYv-pFAAAAAQ"
     "AAAAAAAAAAAAAAAAAAAAAAEDn-R8z4dMArTcFeNZ34yY2kAQEDJyAGIVggp7XKupLUml0QjUhVHnVJSN-7dQj4sFTu"
     "-RYwoZgE4XI",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUFFQ0F3UUZCZ2NJQ1EiLCJvcmlnaW4iOiJodHRwcz"
     "ovL3Bob3Rvcy5leGFtcGxlIiwiY3Jvc3NPcmlnaW4iOmZhbHNlfQ",
     "bd8lqiXK4IgTOCGGtb7u2z7675rbfDAVUROprjxYv-oFAAAABw",
     "rIGSxTiAgt8_32y626sWfSQfQT4H_QnkbS_jdeUoZBeQ12jF57FO8g_dnRAb3gzzrplV7xDfJhAiGpkb-ivBAg"},
    {-257,
     "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVkBV23fJaolyuCIEzghhrW-7ts--u-a23wwFVETqa48WL_qRQAAAA"
     "EAAAAAAAAAAAAAAAAAAAAAABBXQJEhrJJuTPDmj89NhlCspAEDAzkBACBZAQDIt7zw5eHMqu9ZTon_RInM0GOI8cDH"
     "WeQlLv2z0VIIQXPfSZHEFSEAJfKwlnsJgSuoPwbYRmrWRypLGG7JY-ikN5eilWCjIclS5ajKukfNRSQDLgpeOHPYP4"
     "m7hzOB8VwpKPEKYmYvUCQ7kSkr8HKY1KJjFQaD8DjpqpSZShXJp-bLWy53jOt8XlKHI3J3wAzq72yK2RH9v1Xej0pD"
     "sGsvruhs77N1uBVASjBarY_CBT-LML6tB_TzwolIo1ppR1wtkcgKSTDqjLmOHZ2KDq8Q_e3xa00vDToz6D6GocPC1N"
     "sHCZaG3_n9wBlDUtz4XZRQsHNaXxQO64EHImS0OAktIUMBAAE",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUFFQ0F3UUZCZ2NJQ1EiLCJvcmlnaW4iOiJodHRwcz"
     "ovL3Bob3Rvcy5leGFtcGxlIiwiY3Jvc3NPcmlnaW4iOmZhbHNlfQ",
     "bd8lqiXK4IgTOCGGtb7u2z7675rbfDAVUROprjxYv-oFAAAABw",
     "qs02FOZPh8rSWxIzcxY1ZHVSxTOjBDx8M4EzNfwveQGJ2kHtbJXjrx47nmZCU8ijbF_u8AsitqIXArXKAmfH-IjDIm"
     "yGM74Aj8SI64r8uyGtcTj6p1zVbiMCL3k4QYO83j3UyuLELcl-7wHGmizgfoHJx3TiNxQgyTnGLdMr9WK_bxF82MJG"
     "StuZhtmEisArS-9D2DqSDSva2BQluUX_1X2js6B3rlMzXSlU-HxQ4lwxyUsBt5NDRyqEmPGzavZVtIFEWQMPmdonCu"
     "B7QLmXcQ3KeKh69l4qJs2y-K4DKLydi8QKF_vGWqtCsmAhb8n16CdHvsNd4wrLa1zpzlE4CA"},
};

Bytes of(const char* text) {
  return *base64url_decode(text);
}

TEST(WebauthnVectors, EachAlgorithmsSignatureFits) {
  const House house = house_at("https://photos.example");
  for (const Vector& vector : vectors) {
    const auto credential = read_attestation(of(vector.attestation), house);
    ASSERT_TRUE(credential) << vector.algorithm;
    EXPECT_EQ(credential->key.algorithm, vector.algorithm);
    EXPECT_EQ(credential->counter, 1u);
    const Bytes client_data = of(vector.client_data), data = of(vector.authenticator_data);
    Bytes signature = of(vector.signature);
    EXPECT_EQ(challenge_in(client_data, Ceremony::get, house), of("AAECAwQFBgcICQ"));
    EXPECT_FALSE(challenge_in(client_data, Ceremony::create, house));
    EXPECT_EQ(verify({client_data, data, signature}, credential->key, house), 7u) << vector.algorithm;
    EXPECT_FALSE(verify({client_data, data, signature}, credential->key, house_at("https://other.example")));
    for (const Vector& other : vectors) {
      if (other.algorithm == vector.algorithm) continue;
      EXPECT_FALSE(verify({client_data, data, signature}, {other.algorithm, credential->key.bytes}, house));
      EXPECT_FALSE(verify({client_data, data, of(other.signature)}, credential->key, house));
    }
    signature.back() ^= std::byte{1};
    EXPECT_FALSE(verify({client_data, data, signature}, credential->key, house));
    EXPECT_FALSE(verify({client_data, data, {}}, credential->key, house));
  }
}

TEST(WebauthnVectors, ClientDataAreReadStrictly) {
  const House house = house_at("https://photos.example");
  const auto reads = [&](const std::string& text) {
    return challenge_in(as_byte_view(text), Ceremony::get, house).has_value();
  };
  EXPECT_TRUE(
      reads(R"({"type":"webauthn.get","challenge":"AAAA","origin":"https://photos.example","new":[1]})"));
  for (const char* text : {
           "",
           "null",
           "[]",
           "{",
           R"({"challenge":"AAAA","origin":"https://photos.example"})",
           R"({"type":"webauthn.create","challenge":"AAAA","origin":"https://photos.example"})",
           R"({"type":"webauthn.get","origin":"https://photos.example"})",
           R"({"type":"webauthn.get","challenge":"AA=","origin":"https://photos.example"})",
           R"({"type":"webauthn.get","challenge":1,"origin":"https://photos.example"})",
           R"({"type":"webauthn.get","challenge":"AAAA","origin":"https://photos.example/"})",
           R"({"type":"webauthn.get","challenge":"AAAA","origin":["https://photos.example"]})",
           R"({"type":"webauthn.get","challenge":"AAAA","origin":"https://photos.example","crossOrigin":1})",
           R"({"type":"webauthn.get","challenge":"AAAA","origin":"https://photos.example"} {})",
       })
    EXPECT_FALSE(reads(text)) << text;
  EXPECT_FALSE(reads(R"({"type":"webauthn.get","challenge":"AAAA","origin":"https://photos.example","x":")" +
                     std::string(most_client_data, 'x') + R"("})"));
  EXPECT_FALSE(reads(R"({"type":"webauthn.get","challenge":"AAAA","origin":"https://photos.example","x":)" +
                     std::string(1000, '[') + std::string(1000, ']') + "}"));
}

}  // namespace
}  // namespace keepsake::webauthn
