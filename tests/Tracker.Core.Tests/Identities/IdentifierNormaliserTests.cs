using CsCheck;
using Tracker.Core.Identities;
using Tracker.Core.Model;

namespace Tracker.Core.Tests.Identities;

public sealed class IdentifierNormaliserTests
{
    [Theory]
    [InlineData(IdentifierKind.Email, " Mario.Rossi@Example.COM ", "mario.rossi@example.com")]
    [InlineData(IdentifierKind.Email, "mario@Bücher.example", "mario@xn--bcher-kva.example")]
    [InlineData(IdentifierKind.Email, "mario+shop@example.com", "mario+shop@example.com")]
    [InlineData(IdentifierKind.Phone, "+39 06 1234-5678", "+390612345678")]
    [InlineData(IdentifierKind.Phone, "0039 (06) 12345678", "+390612345678")]
    [InlineData(IdentifierKind.LoyaltyCard, " 12-34 ab ", "1234AB")]
    [InlineData(IdentifierKind.LoyaltyCard, "1", "1")]
    [InlineData(IdentifierKind.CustomerNumber, " 17850 ", "17850")]
    public void One_person_has_one_form(IdentifierKind kind, string sent, string normalised)
    {
        Assert.Null(IdentifierNormaliser.TryNormalise(new(kind, sent), out var found));

        Assert.Equal(normalised, found);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("NULL")]
    [InlineData(" undefined ")]
    [InlineData("0")]
    [InlineData("0000")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("Anonymous")]
    [InlineData("-")]
    [InlineData("---")]
    [InlineData("n/a")]
    [InlineData("")]
    [InlineData("   ")]
    public void A_placeholder_names_nobody_of_any_kind(string value)
    {
        Assert.All(
            Enum.GetValues<IdentifierKind>().Skip(1),
            kind => Assert.NotNull(IdentifierNormaliser.TryNormalise(new(kind, value), out _)));
    }

    [Theory]
    [InlineData(IdentifierKind.Email, "mario")]
    [InlineData(IdentifierKind.Email, "@example.com")]
    [InlineData(IdentifierKind.Email, "mario@")]
    [InlineData(IdentifierKind.Email, "a@b@example.com")]
    [InlineData(IdentifierKind.Email, "mario rossi@example.com")]
    [InlineData(IdentifierKind.Email, "mario@localhost")]
    [InlineData(IdentifierKind.Phone, "06 12345678")]
    [InlineData(IdentifierKind.Phone, "+12")]
    [InlineData(IdentifierKind.Phone, "+39 call me")]
    [InlineData(IdentifierKind.Cookie, "a\u0000b")]
    public void What_is_no_identifier_of_its_kind_is_refused(IdentifierKind kind, string value) =>
        Assert.NotNull(IdentifierNormaliser.TryNormalise(new(kind, value), out _));

    [Fact]
    public void Half_a_surrogate_pair_is_no_text() =>
        Assert.NotNull(IdentifierNormaliser.TryNormalise(new(IdentifierKind.Cookie, "a" + (char)0xD800), out _));

    [Fact]
    public void A_byte_order_mark_turned_round_is_no_text() =>
        Assert.NotNull(IdentifierNormaliser.TryNormalise(new(IdentifierKind.CustomerNumber, "4711\uFFFE"), out _));

    [Fact]
    public void Two_addresses_that_lost_the_same_letter_are_not_taken_for_one() =>
        Assert.NotNull(IdentifierNormaliser.TryNormalise(new(IdentifierKind.Email, "m\uFFFDller@example.com"), out _));

    [Fact]
    public void No_text_makes_it_fail_and_no_finding_repeats_the_text()
    {
        Gen.Select(Gen.Enum<IdentifierKind>(), Gen.String[Gen.Char, 0, 300]).Sample((kind, text) =>
        {
            var finding = IdentifierNormaliser.TryNormalise(new(kind, text), out var normalised);
            return finding is null == normalised.Length > 0 && (text.Length < 8 || finding?.Contains(text, StringComparison.Ordinal) != true);
        });
    }

    [Fact]
    public void Normalising_twice_changes_nothing()
    {
        Gen.Select(Gen.Enum<IdentifierKind>(), Gen.String[Gen.Char.AlphaNumeric, 1, 40]).Sample((kind, text) =>
            IdentifierNormaliser.TryNormalise(new(kind, text), out var once) is not null
            || (IdentifierNormaliser.TryNormalise(new(kind, once), out var twice) is null && once == twice));
    }
}
