using System.Text.Json.Nodes;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Policies.Gates;

/// <summary>Questions to the gate that show only what matters to a test.</summary>
internal static class Ask
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    public static readonly Facts Lead = new() { IdentifiedAt = Now.AddYears(-3) };
    public static readonly Facts Customer = Lead with { FirstPurchaseAt = Now.AddMonths(-2), LastPurchaseAt = Now.AddMonths(-2) };
    public static readonly Facts Former = Lead with { FirstPurchaseAt = Now.AddMonths(-30), LastPurchaseAt = Now.AddMonths(-30) };
    public static readonly Facts Prospect = Lead with { QuoteRequestedAt = Now.AddDays(-9) };
    public static readonly Policy Strict = APolicy.Shipped;

    /// <summary>The shipped policy with an assessment for a year around now.</summary>
    public static Policy Assessed(string purpose, string from = "2026-05-01", string until = "2027-05-01", params string[] media) =>
        APolicy.With(document => document["assessments"] = new JsonArray(Assessment(purpose, from, until, media)));

    public static JsonObject Assessment(string purpose, string from, string until, params string[] media) => new()
    {
        ["id"] = "LIA-1",
        ["version"] = from,
        ["purpose"] = purpose,
        ["contact_channels"] = new JsonArray([.. media.Select(medium => JsonValue.Create(medium))]),
        ["from"] = from,
        ["until"] = until,
    };

    /// <summary>About something an hour ago.</summary>
    public static GateQuestion About(Facts facts, params ConsentSpan[] consents) => new()
    {
        HasPerson = true,
        Facts = facts,
        History = new PermissionHistory { Consents = consents },
        Contract = new("order:1", IsOfAnother: false),
        OccurredAt = Now.AddHours(-1),
        Now = Now,
    };

    /// <summary>From ten days ago until in ten days.</summary>
    public static ConsentSpan Consent(Purpose purpose = Purpose.DirectMarketing, ContactChannel medium = ContactChannel.Unspecified) => new()
    {
        Id = ConsentId.New(Now),
        Purpose = purpose,
        ContactChannel = medium == ContactChannel.Unspecified && purpose == Purpose.DirectMarketing ? ContactChannel.Email : medium,
        From = Now.AddDays(-10),
        Until = Now.AddDays(10),
    };

    public static ConsentSpan Withdrawn(this ConsentSpan consent, DateTimeOffset at) => consent with { Until = at, End = SpanEnd.Withdrawn };

    public static ObjectionSpan Objection(Purpose purpose, ContactChannel medium = ContactChannel.Unspecified, DateTimeOffset? from = null, DateTimeOffset? until = null) =>
        new(ConsentId.New(Now), purpose, medium, from ?? Now.AddDays(-1), until ?? DateTimeOffset.MaxValue, IsUpheld: purpose == Purpose.DirectMarketing)
        {
            IsAbsolute = ObjectionSpan.IsAbsoluteTo(purpose, Strict.ObjectionReach),
        };

    public static GateQuestion Objecting(this GateQuestion question, params ObjectionSpan[] objections) =>
        question with { History = question.History with { Objections = objections } };

    public static GateQuestion By(this GateQuestion question, ContactChannel medium) => question with { ContactChannel = medium };

    public static GateQuestion NamedBy(this GateQuestion question, params IdentifierHash[] identifiers) => question with { Identifiers = identifiers };

    public static GateQuestion Of(this GateQuestion question, string type, Policy? policy = null) => question with { Type = (policy ?? Strict).Types[type] };

    public static GateQuestion On(this GateQuestion question, LegalBasis basis) => question with { Basis = basis };

    public static Reason Why(this GateQuestion question, Purpose purpose, Policy? policy = null) => Gate.Decide(policy ?? Strict, purpose, question).Reason;

    public static Verdict For(this GateQuestion question, Purpose purpose, Policy? policy = null) => Gate.Decide(policy ?? Strict, purpose, question);
}
