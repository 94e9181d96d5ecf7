using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Profiles;

/// <summary>Why is this held? Answered from what is stored with the records alone (GDPR Art. 5(2), R-014).</summary>
public sealed class RecordExplainer(
    IProfileReader reader,
    ProfileLookup lookup,
    PeopleReader people,
    KeyedHasher hasher,
    PolicyRegister policies,
    PolicyArchive archive,
    TimeProvider time)
{
    public async Task<RecordExplanation> ExplainAsync(Caller caller, InteractionKey key, Purpose purpose, CancellationToken cancellation)
    {
        var violations = new Violations();
        violations.Require(purpose != Purpose.Unspecified, "purpose", "is required: every read of personal data names what it is for (GDPR Art. 5(1)(b))");
        violations.Refuse();
        var records = await reader.FindAsync(caller.Tenant, key, cancellation);
        var person = records.Count == 0 ? null : await FindPersonAsync(records[0], cancellation);
        records = Visible(records, purpose, person);
        if (records.Count == 0)
        {
            throw RefusalException.InteractionNotFound();
        }

        var ledger = person is null ? [] : await lookup.ReadLedgerAsync(person.Control.Tenant, person.Control.Profile, cancellation);
        List<ExplainedRecord> explained = [];
        foreach (var record in records.OrderBy(record => record.Class))
        {
            var texts = await archive.FindTextsAsync(record.Tenant, record.Decision.PolicySha256, cancellation);
            var later = await archive.ListLaterAsync(record.Tenant, record.Decision.DecidedAt, cancellation);
            explained.Add(new(record, texts, [.. record.Grants.Select(grant => Explain(record, grant, person, ledger) with { LaterRules = LaterRules(grant, texts, later) })]));
        }

        return new(explained);
    }

    /// <summary>By the message id as the caller's source sent it.</summary>
    public async Task<RecordExplanation> ExplainAsync(Caller caller, string messageId, Purpose purpose, CancellationToken cancellation)
    {
        var hash = hasher.Message(caller.Tenant, caller.Source, messageId);
        var key = await reader.FindKeyAsync(caller.Tenant, hash, cancellation) ?? throw RefusalException.InteractionNotFound();
        return await ExplainAsync(caller, key, purpose, cancellation);
    }

    /// <summary>All records of an interaction are of the same person, or of none.</summary>
    /// <returns>Null: of none.</returns>
    private async Task<KnownPerson?> FindPersonAsync(InteractionRecord record, CancellationToken cancellation) => record.Profile.IsNone
        ? null
        : await people.FindAsync(record.Tenant, new(record.Profile, null), policies.For(record.Tenant), cancellation);

    /// <summary>The gate itself says whether the right would be given again, for this basis and with this proof.</summary>
    private ExplainedGrant Explain(InteractionRecord record, Grant grant, KnownPerson? person, IReadOnlyList<ConsentEntry> ledger)
    {
        var policy = policies.For(record.Tenant);
        var now = time.GetUtcNow();
        var asked = GateQuestion.About(person?.Control, person?.History ?? PermissionHistory.None, person?.Age, now);
        var type = policy.Types.GetValueOrDefault(record.Type);
        var verdict = Gate.Decide(policy, grant.Purpose, asked with
        {
            Type = type,
            // What the interaction itself proved counts, as it did when it was kept: a sale to nobody known is a sale.
            Facts = asked.Facts.Merge(Stages.Establish(type?.Fact, record.OccurredAt, isIdentified: false)),
            HasPerson = !record.Profile.IsNone,
            Contract = grant.Basis is LegalBasis.Contract or LegalBasis.PreContract ? new(grant.EvidenceIds.FirstOrDefault(""), IsOfAnother: false) : null,
            Basis = grant.Basis,
            // That nobody was recognised was proved when it was kept, and so was what was stated of a message.
            IsMinimised = true,
            IsRestricted = record.IsRestricted || asked.IsRestricted,
            OccurredAt = record.OccurredAt,
        });
        var evidence = ledger.Where(entry => grant.EvidenceIds.Contains(entry.Id.ToString()));
        var (from, until) = grant.Basis == LegalBasis.Contract ? ContractOf(record, type, person?.Control.Facts ?? Facts.None, grant) : (null, null);
        return new(grant, [.. evidence], grant.Until <= now ? Reason.RetentionAlreadyElapsed : verdict.Reason)
        {
            EndedBy = [.. ledger.Where(entry => Ends(policy, entry, grant, record.OccurredAt))],
            ContractFrom = from,
            ContractUntil = until,
        };
    }

    /// <summary>A word against the purpose that is not older than what the right rests on: of a consent its own entry, of an interest the interaction.</summary>
    private static bool Ends(Policy policy, ConsentEntry entry, Grant grant, DateTimeOffset occurredAt) => entry.Kind switch
    {
        LedgerKind.Consent => grant.Basis == LegalBasis.Consent && !entry.IsGift && entry.Purpose == grant.Purpose && entry.EffectiveAt >= occurredAt,
        LedgerKind.Objection => grant.Basis is LegalBasis.Consent or LegalBasis.LegitimateInterest
            && entry.EffectiveAt >= occurredAt
            && (entry.Purpose == grant.Purpose || (policy.ObjectionReach.TryGetValue(entry.Purpose, out var reach) && reach.Contains(grant.Purpose))),
        _ => false,
    };

    /// <summary>A purchase begins its own contract; a service runs as long as its contract or its account.</summary>
    private static (DateTimeOffset? From, DateTimeOffset? Until) ContractOf(InteractionRecord record, InteractionType? type, Facts facts, Grant grant) =>
        type?.Fact is FactKind.Purchase ? (record.OccurredAt, null)
        : grant.Purpose == Purpose.OrderFulfilment ? (null, null)
        : facts.ContractStartedAt is not null ? (facts.ContractStartedAt, NotBefore(facts.ContractEndedAt, facts.ContractStartedAt))
        : (facts.AccountOpenedAt, NotBefore(facts.AccountClosedAt, facts.AccountOpenedAt));

    private static DateTimeOffset? NotBefore(DateTimeOffset? end, DateTimeOffset? start) => end >= start ? end : null;

    private static List<LaterRule> LaterRules(Grant grant, PolicyTexts decided, IReadOnlyList<(string Version, PolicyTexts Texts)> later)
    {
        List<LaterRule> rules = [];
        var text = decided.Rules.GetValueOrDefault(grant.RuleId, "");
        foreach (var (version, texts) in later)
        {
            var next = texts.Rules.GetValueOrDefault(grant.RuleId, "");
            if (next != text)
            {
                rules.Add(new LaterRule(version, next));
                text = next;
            }
        }

        return rules;
    }

    /// <summary>Whoever answers the person may see why everything is held; any other purpose only what is held for it.</summary>
    private IReadOnlyList<InteractionRecord> Visible(IReadOnlyList<InteractionRecord> records, Purpose purpose, KnownPerson? person)
    {
        if (records.Count == 0 || purpose == Purpose.RightsHandling)
        {
            return records;
        }

        var gate = new ReadGate(purpose, policies.For(records[0].Tenant), person, time.GetUtcNow());
        return [.. records
            .Select(record => record with { Grants = gate.Find(record) is { } readable ? [readable.Grant] : [] })
            .Where(record => record.Grants.Count > 0)];
    }
}
