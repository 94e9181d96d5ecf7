using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Profiles;

/// <summary>Why are contact details held? Answered from what is stored with them alone, for every profile of a person (GDPR Art. 5(2), R-014).</summary>
public sealed class ContactExplainer(
    IProfileReader reader,
    IContractStore contracts,
    PeopleReader people,
    PolicyRegister policies,
    PolicyArchive archive,
    PayloadOpener opener,
    TimeProvider time)
{
    private readonly ContractSearch _contracts = new(reader, contracts);

    /// <summary>Whoever answers the person may see why everything is held; any other purpose only what is held for it and shown to it.</summary>
    /// <returns>The named profile first; none: nothing is held for the purpose.</returns>
    public async Task<IReadOnlyList<ExplainedContact>> ExplainAsync(Caller caller, ProfileReference? reference, Purpose purpose, CancellationToken cancellation)
    {
        var violations = new Violations();
        violations.Require(reference is not null, "profile", "is required: profile_id or identifier");
        violations.Require(purpose != Purpose.Unspecified, "purpose", "is required: every read of personal data names what it is for (GDPR Art. 5(1)(b))");
        violations.Refuse();
        var policy = policies.For(caller.Tenant);
        var named = await people.FindAsync(caller, reference!, policy, cancellation) ?? throw RefusalException.ProfileNotFound();
        List<ExplainedContact> explained = [];
        foreach (var member in await people.ReadMembersAsync(caller, named, policy, cancellation))
        {
            if (await ExplainAsync(member, purpose, policy, time.GetUtcNow(), cancellation) is { } contact)
            {
                explained.Add(contact);
            }
        }

        return explained;
    }

    private async Task<ExplainedContact?> ExplainAsync(KnownPerson person, Purpose purpose, Policy policy, DateTimeOffset now, CancellationToken cancellation)
    {
        // What the purpose would not be shown is not explained to it either.
        if (purpose != Purpose.RightsHandling && !Gate.Decide(policy, purpose, GateQuestion.About(person.Control, person.History, person.Age, now)).IsPermitted)
        {
            return null;
        }

        if (await reader.FindContactAsync(person.Control.Tenant, person.Control.Profile, cancellation) is not { } stored)
        {
            return null;
        }

        var gate = purpose == Purpose.RightsHandling ? null : new ReadGate(purpose, policy, person, now);
        var explainer = new GrantExplainer(policy, person, now);
        var contact = gate is null ? explainer.InForce(stored) : stored with { Grants = gate.Find(stored) };
        if (contact.Grants.Count == 0)
        {
            return null;
        }

        var texts = await archive.ReadTextsAsync(contact.Tenant, contact.Decision.PolicySha256, cancellation);
        List<ExplainedGrant> grants = [];
        foreach (var grant in contact.Grants)
        {
            var held = Holding.Of(contact, grant);
            grants.Add(explainer.Explain(held, grant, special: default, texts, wasOver: false) with
            {
                Contract = await _contracts.FindAsync(held, grant, person.Control.Facts, policy, cancellation),
                EndPolicy = grant.EndPolicy.Length == 0 ? null : await archive.FindExactAsync(contact.Tenant, Convert.FromHexString(grant.EndPolicy), cancellation),
            });
        }

        return new(contact, texts, grants, Fields(contact, await opener.OpenAsync(stored, cancellation) ?? ContactContent.Empty, gate));
    }

    /// <param name="gate">Null: of whoever answers the person.</param>
    private static List<ExplainedField> Fields(ContactDocument contact, ContactContent content, ReadGate? gate) =>
    [
        .. contact.Grants.Select(grant => grant.Purpose).Distinct()
            .SelectMany(purpose => (gate?.See(contact, contact.Grants, content) ?? content.Said(purpose, (_, _) => true)).Select(said => new ExplainedField(purpose, said))),
    ];
}
