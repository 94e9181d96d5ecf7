using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Profiles;

/// <summary>Why is this held? Answered from what is stored with the records alone (GDPR Art. 5(2), R-014).</summary>
public sealed class RecordExplainer(
    IProfileReader reader,
    IContractStore contracts,
    PeopleReader people,
    KeyedHasher hasher,
    PolicyRegister policies,
    PolicyArchive archive,
    PayloadOpener opener,
    ICatalogStore catalog,
    TimeProvider time)
{
    private readonly ContractSearch _contracts = new(reader, contracts);

    public async Task<RecordExplanation> ExplainAsync(Caller caller, InteractionKey key, Purpose purpose, CancellationToken cancellation)
    {
        var violations = new Violations();
        violations.Require(purpose != Purpose.Unspecified, "purpose", "is required: every read of personal data names what it is for (GDPR Art. 5(1)(b))");
        violations.Refuse();
        var records = await reader.FindAsync(caller.Tenant, key, cancellation);
        var person = records.Count == 0 ? null : await FindPersonAsync(caller, records[0], cancellation);
        var policy = policies.For(caller.Tenant);
        var now = time.GetUtcNow();
        var grants = new GrantExplainer(policy, person, now);
        var gate = purpose == Purpose.RightsHandling ? null : new ReadGate(purpose, policy, person, now);
        var visible = await FindVisibleAsync(records, gate, grants, policy, cancellation);
        if (visible.Count == 0)
        {
            throw RefusalException.InteractionNotFound();
        }

        List<ExplainedRecord> explained = [];
        foreach (var (record, held, wasOver) in visible.OrderBy(found => found.Record.Class))
        {
            var texts = await archive.ReadTextsAsync(record.Tenant, record.Decision.PolicySha256, cancellation);
            List<ExplainedGrant> found = [];
            foreach (var grant in record.Grants)
            {
                var told = purpose == Purpose.RightsHandling ? held : held & grants.MaySee(grant);
                found.Add(grants.Explain(Holding.Of(record), grant, told, texts, wasOver) with
                {
                    Contract = await _contracts.FindAsync(Holding.Of(record), grant, person?.Control.Facts ?? Facts.None, policy, cancellation),
                    EndPolicy = grant.EndPolicy.Length == 0 ? null : await archive.FindExactAsync(record.Tenant, Convert.FromHexString(grant.EndPolicy), cancellation),
                });
            }

            explained.Add(new(record, texts, found));
        }

        return new(explained);
    }

    /// <summary>By the message id as its source sent it.</summary>
    /// <param name="source">Null: the caller's own. A key names the interaction of any source as well.</param>
    public async Task<RecordExplanation> ExplainAsync(Caller caller, string messageId, SourceId? source, Purpose purpose, CancellationToken cancellation)
    {
        var hash = hasher.Message(caller.Tenant, source ?? caller.Source, messageId);
        var key = await reader.FindKeyAsync(caller.Tenant, hash, cancellation) ?? throw RefusalException.InteractionNotFound();
        return await ExplainAsync(caller, key, purpose, cancellation);
    }

    /// <summary>All records of an interaction are of the same person, or of none.</summary>
    /// <returns>Null: of none.</returns>
    private async Task<KnownPerson?> FindPersonAsync(Caller caller, InteractionRecord record, CancellationToken cancellation) => record.Profile.IsNone
        ? null
        : await people.FindAsync(caller, new(record.Profile, null), policies.For(record.Tenant), cancellation);

    /// <summary>Whoever answers the person may see why everything is held; any other purpose only what is held for it and shown to it.</summary>
    /// <param name="gate">Null: of whoever answers the person.</param>
    /// <returns>Each with what of GDPR Art. 9(1) is in it as the catalogue says now; of one that cannot be opened nothing.</returns>
    private async Task<IReadOnlyList<(InteractionRecord Record, SpecialCategorySet Special, bool WasOver)>> FindVisibleAsync(
        IReadOnlyList<InteractionRecord> records,
        ReadGate? gate,
        GrantExplainer grants,
        Policy policy,
        CancellationToken cancellation)
    {
        var contents = await opener.OpenAsync(records, cancellation);
        List<(InteractionRecord Record, SealedContent? Opened, bool WasOver)> found = [];
        foreach (var (record, opened) in records.Zip(contents))
        {
            var fiscalEntry = RecordAnchors.FiscalEntry(opened?.Content, record.OccurredAt, policy);
            var endedAt = await _contracts.FindEndAsync(record, policy, cancellation);
            var held = grants.InForce(record, fiscalEntry, endedAt);
            // What comes after an end has that end when it happened.
            var wasOver = endedAt == record.OccurredAt && !RecordAnchors.EndsContract(record, policy);
            if (gate is null)
            {
                found.Add((held, opened, wasOver));
            }
            else if (gate.Find(held, endedAt, fiscalEntry) is { } readable)
            {
                found.Add((held with { Grants = [readable.Grant] }, opened, wasOver));
            }
        }

        if (found.Count == 0)
        {
            return [];
        }

        var products = await catalog.FindSpecialAsync(found[0].Record.Tenant, found.Select(one => one.Opened).OfType<SealedContent>().Select(opened => opened.Content), cancellation);
        return [.. found
            .Where(one => gate is null || one.Opened is null || gate.See(one.Record.Grants[0], one.Opened.Content, products) is not null)
            .Select(one => (one.Record, Reveals(one.Opened?.Content ?? InteractionContent.Empty, policy, products), one.WasOver))];
    }

    private static SpecialCategorySet Reveals(InteractionContent content, Policy policy, SpecialProducts products) =>
        new SpecialContent(content, content.Fields(), policy, products).Reveals & SpecialCategorySet.OfArticle9;
}
