using CsCheck;
using Tracker.Core.Consents;
using Tracker.Core.Model;

namespace Tracker.Storage.Tests.Contracts.Documents;

/// <summary>Arbitrary entries of ledgers, notices and contact details with what was stated, or ruled, of how long data is kept.</summary>
internal static class ArbitraryTerms
{
    public static readonly Gen<ConsentEntry> Consent = Gen.Select(Arbitrary.Consent, Period.Nullable(), Gen.Bool, Gen.Int[0, 21], (entry, term, isLinking, age) =>
        entry with { RetentionTerm = term, LinksEarlierVisits = isLinking, AgeOfConsent = age });

    public static readonly Gen<Notice> Notice = Gen.Select(Arbitrary.Notice, Term.Array[0, 3], Gen.Bool, Term.Array[0, 3], Period.Nullable(), (notice, terms, isLinking, ruleTerms, softOptIn) => notice with
    {
        Scope = notice.Scope with { RetentionTerms = terms, LinksEarlierVisits = isLinking },
        RuleTerms = ruleTerms,
        SoftOptInRuleTerm = softOptIn,
    });

    public static readonly Gen<ContactDocument> Contact = Gen.Select(Arbitrary.Contact, Gen.OneOf(Gen.Const(""), Gen.Const(new string('a', 64))).Array[4], Arbitrary.Time.Nullable().Array[4], (contact, policies, since) => contact with
    {
        Grants = [.. contact.Grants.Select((grant, i) => grant with { KeepsSince = since[i], EndPolicy = policies[i] })],
    });

    private static Gen<CalendarPeriod> Period => Gen.Select(Gen.Int[0, 1200], Gen.Int[0, 400], Gen.Int[0, 86_400], (months, days, seconds) => new CalendarPeriod(months, days, TimeSpan.FromSeconds(seconds)));

    private static Gen<NoticeTerm> Term => Gen.Select(Gen.Byte, Period, (purpose, period) => new NoticeTerm((Purpose)purpose, period));
}
