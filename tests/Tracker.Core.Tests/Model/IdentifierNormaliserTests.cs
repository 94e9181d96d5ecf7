using CsCheck;
using Tracker.Core.Model;

namespace Tracker.Core.Tests.Model;

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
        Assert.Null(IdentifierNormaliser.TryNormalise(new(kind, sent), region: null, out var found));

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
            kind => Assert.NotNull(IdentifierNormaliser.TryNormalise(new(kind, value), region: null, out _)));
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
        Assert.NotNull(IdentifierNormaliser.TryNormalise(new(kind, value), region: null, out _));

    [Theory]
    [InlineData("IT", "06 1234 5678", "+390612345678")]
    [InlineData("IT", "+390612345678", "+390612345678")]
    [InlineData("IT", "0033 1 23 45 67 89", "+33123456789")]
    [InlineData("IT", "333 123 4567", "+393331234567")]
    [InlineData("FR", "01 23 45 67 89", "+33123456789")]
    [InlineData("GB", "+44 (0)20 7946 0000", "+442079460000")]
    [InlineData("AR", "011 15-3456-7890", "+5491134567890")]
    [InlineData("MX", "55 1234 5678", "+525512345678")]
    [InlineData("BR", "(11) 91234-5678", "+5511912345678")]
    [InlineData("AU", "0011 64 21 123 456", "+6421123456")]
    [InlineData("AU", "0011 65 6123 4567", "+6561234567")]
    [InlineData("HK", "001 65 6123 4567", "+6561234567")]
    public void A_number_without_country_code_is_of_the_region_of_its_source(string region, string sent, string normalised)
    {
        Assert.Null(IdentifierNormaliser.TryNormalise(new(IdentifierKind.Phone, sent), region, out var found));

        Assert.Equal(normalised, found);
    }

    [Theory]
    [InlineData("06 12345678 ext. 5")]
    [InlineData("06 12345678 x5")]
    [InlineData("12")]
    [InlineData("+39 06 12345678901234")]
    [InlineData("+999 123456789")]
    public void A_switchboard_and_what_is_no_length_of_a_number_name_nobody(string sent)
    {
        Assert.NotNull(IdentifierNormaliser.TryNormalise(new(IdentifierKind.Phone, sent), "IT", out var found));

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("IT", "12", "length")]
    [InlineData("IT", "+39 06 12345678901234", "length")]
    [InlineData(null, "+39 1", "length")]
    [InlineData(null, "06 12345678", "country code")]
    [InlineData("IT", "06 12345678 x5", "letters")]
    [InlineData("IT", "+999 123456789", "country code")]
    public void What_is_wrong_with_a_number_is_told_and_where_its_region_comes_from(string? region, string sent, string said)
    {
        var finding = IdentifierNormaliser.TryNormalise(new(IdentifierKind.Phone, sent), region, out _);

        Assert.Contains(said, finding, StringComparison.Ordinal);
        Assert.Contains("Region of the source", finding, StringComparison.Ordinal);
        Assert.Equal(said == "length", finding!.Contains("length", StringComparison.Ordinal));
    }

    [Fact]
    public void What_reads_as_another_number_once_it_is_written_out_names_nobody() =>
        Assert.NotNull(IdentifierNormaliser.TryNormalise(new(IdentifierKind.Phone, "00)480(5(//..57))"), "AU", out _));

    [Fact]
    public void No_number_makes_it_fail_and_its_form_is_one_of_every_region()
    {
        string?[] regions = [null, "IT", "US", "AR", "AU"];
        Gen.Select(Gen.Int[0, regions.Length - 1].Select(place => regions[place]), Gen.String[Gen.Char["0123456789+-./() "], 0, 40]).Sample((region, text) =>
            IdentifierNormaliser.TryNormalise(new(IdentifierKind.Phone, text), region, out var once) is not null
            || (IdentifierNormaliser.TryNormalise(new(IdentifierKind.Phone, once), "FR", out var twice) is null && once == twice));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_text() =>
        Assert.NotNull(IdentifierNormaliser.TryNormalise(new(IdentifierKind.Cookie, "a" + (char)0xD800), region: null, out _));

    [Fact]
    public void A_byte_order_mark_turned_round_is_no_text() =>
        Assert.NotNull(IdentifierNormaliser.TryNormalise(new(IdentifierKind.CustomerNumber, "4711\uFFFE"), region: null, out _));

    [Fact]
    public void Two_addresses_that_lost_the_same_letter_are_not_taken_for_one() =>
        Assert.NotNull(IdentifierNormaliser.TryNormalise(new(IdentifierKind.Email, "m\uFFFDller@example.com"), region: null, out _));

    [Fact]
    public void No_text_makes_it_fail_and_no_finding_repeats_the_text()
    {
        Gen.Select(Gen.Enum<IdentifierKind>(), Gen.String[Gen.Char, 0, 300]).Sample((kind, text) =>
        {
            var finding = IdentifierNormaliser.TryNormalise(new(kind, text), region: null, out var normalised);
            return finding is null == normalised.Length > 0 && (text.Length < 8 || finding?.Contains(text, StringComparison.Ordinal) != true);
        });
    }

    [Fact]
    public void Normalising_twice_changes_nothing()
    {
        Gen.Select(Gen.Enum<IdentifierKind>(), Gen.String[Gen.Char.AlphaNumeric, 1, 40]).Sample((kind, text) =>
            IdentifierNormaliser.TryNormalise(new(kind, text), region: null, out var once) is not null
            || (IdentifierNormaliser.TryNormalise(new(kind, once), region: null, out var twice) is null && once == twice));
    }
}
