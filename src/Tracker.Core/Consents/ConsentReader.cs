using Tracker.Core.Consents.Receipts;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Policies.Proofs;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>Reads the ledger of a person: all of it, one consent with its proof, or what counted on a day.</summary>
public sealed class ConsentReader(
    ProfileLookup lookup,
    ReceiptWriter receipts,
    PeopleReader people,
    OtherProfilesReader merged,
    PageTokens pages,
    PolicyRegister policies,
    TimeProvider time)
{
    /// <summary>The ledger of a person, oldest first.</summary>
    public async Task<ConsentPage> ListAsync(
        Caller caller,
        ProfileReference? reference,
        Purpose purpose,
        int pageSize,
        string pageToken,
        CancellationToken cancellation)
    {
        var violations = new Violations();
        CheckRead(reference, purpose, violations);
        violations.Require(pageSize >= 0, "page_size", "must not be negative");
        violations.Refuse();
        var control = await lookup.GetAsync(caller, reference, cancellation);
        var query = $"consents/{control.Profile}/{purpose}";
        var after = pages.Read(caller.Tenant, query, pageToken) is { } position ? BitConverter.ToInt64(position) : 0;
        var entries = await people.ReadLedgerAsync(caller.Tenant, control.Profile, cancellation);
        List<ConsentEntry> rest = [.. entries.Where(entry => entry.Sequence > after)];
        List<ConsentEntry> page = [.. rest.Take(PageTokens.Size(pageSize))];
        var next = page.Count < rest.Count ? pages.Write(caller.Tenant, query, BitConverter.GetBytes(page[^1].Sequence)) : "";
        return new ConsentPage(page, next);
    }

    /// <summary>Everything that shows that a consent was given, to what, and what became of it .</summary>
    public async Task<Receipt> GetProofAsync(Caller caller, ProfileReference? reference, Purpose purpose, ConsentId? id, CancellationToken cancellation)
    {
        var violations = new Violations();
        CheckRead(reference, purpose, violations);
        violations.Require(id is not null, "consent_id", "is required");
        violations.Refuse();
        var control = await lookup.GetAsync(caller, reference, cancellation);
        var ledger = await people.ReadLedgerAsync(caller.Tenant, control.Profile, cancellation);
        var consent = ledger.FirstOrDefault(entry => entry.Id == id && entry.Kind == LedgerKind.Consent) ?? throw RefusalException.ConsentNotFound();
        return await receipts.WriteAsync(consent, ledger, cancellation);
    }

    /// <summary>A withdrawal does not touch what was lawful before it .</summary>
    public async Task<ConsentStanding> GetStandingAsync(Caller caller, StandingQuery query, CancellationToken cancellation)
    {
        var violations = new Violations();
        CheckRead(query.Profile, query.Purpose, violations);
        violations.Require(query.ConsentedPurpose != Purpose.Unspecified, "consented_purpose", "is required");
        violations.CheckTime("valid_at", query.At, isRequired: false);
        violations.Refuse();
        var control = await lookup.GetAsync(caller, query.Profile, cancellation);
        var ledger = await people.ReadLedgerAsync(caller.Tenant, control.Profile, cancellation);
        var policy = policies.For(caller.Tenant);
        var at = query.At ?? time.GetUtcNow();
        var person = await merged.ReadAsync(control, cancellation);
        var history = (person with { Noes = [.. StandingFold.AsOf(person.Noes, at)] }).Fold([.. StandingFold.AsOf(ledger, at)], Activity.Of(control, policy));
        var age = person.AgeOf(await people.ReadAgeAsync(control, cancellation));
        var known = Authority.AsKnownNow(history, policy, age, caller.IsChildDirected);
        return StandingFold.Of(query, [.. ledger, .. person.Noes], known, span => Ages.IsPaused(policy, age, span, at), policy.ObjectionReach, at);
    }

    private static void CheckRead(ProfileReference? reference, Purpose purpose, Violations violations)
    {
        violations.Require(
            purpose is Purpose.ConsentEvidence or Purpose.RightsHandling,
            "purpose",
            "must be CONSENT_EVIDENCE or RIGHTS_HANDLING: evidence is kept for nothing else");
        violations.Require(reference is not null, "profile", "is required");
    }
}
