using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Options;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Bench;

/// <summary>What is done for each receipt of a known person beside the gate: it is judged and its numbers are hashed, the keys of its classes are opened, its records are sealed.</summary>
[MemoryDiagnoser]
public class InnerLoopBench
{
    private static readonly Caller Till = new() { Tenant = new("demo"), Source = new("till"), Channel = Channel.Pos };
    private static readonly RetentionClass[] Classes = [RetentionClass.Order, RetentionClass.Fiscal];

    private readonly DataKeys _dataKeys = new(new FixedKeys(), TimeProvider.System);
    private readonly InteractionDraft _draft;
    private readonly InteractionRules _rules;
    private readonly RecordStamper _stamper;
    private readonly Interaction _interaction;
    private readonly InteractionDecision _decision;
    private readonly ProfileDraft _profile;
    private readonly ProfileKeys _keys;
    private readonly BatchId _batch = BatchId.New(TestTracker.Noon);

    public InnerLoopBench()
    {
        var policy = APolicy.Shipped;
        var policies = PolicyRegister.Of(new Dictionary<TenantId, Policy> { [Till.Tenant] = policy });
        var hasher = new KeyedHasher(new FixedKeys(), TimeProvider.System);
        _rules = new(hasher, new IdentifierReader(hasher, policies), policies, Options.Create(new IngestionOptions()));
        _draft = An.Receipt(by: new(IdentifierKind.LoyaltyCard, "4711"));
        _interaction = _rules.Judge(Till, _draft, TestTracker.Noon).Sound!;
        _stamper = new(_dataKeys);
        _keys = new()
        {
            Tenant = Till.Tenant,
            Profile = A.Ada,
            Keys = Classes.ToDictionary(member => member, member => _dataKeys.Wrap(Till.Tenant, A.Ada, member, DataKeys.New())),
            ExpireAt = StoredTime.NoEnd,
        };
        var control = new Control { Tenant = Till.Tenant, Profile = A.Ada, CreatedAt = TestTracker.Noon.AddYears(-1), ExpireAt = TestTracker.Noon.AddYears(9) };
        _profile = ProfileDraft.Known(control, new([], IsRemembered: false), OtherProfiles.None, _keys, contact: null, age: null, policy, TestTracker.Noon);
        _decision = InteractionDecider.Decide(new()
        {
            Interaction = _interaction,
            Policy = policy,
            Profile = _profile,
            Facts = control.Facts.Merge(_interaction.Establishes),
            Contract = new("order:1", IsOfAnother: false) { IsNamed = true },
            Now = TestTracker.Noon,
        });
    }

    /// <summary>Step 2: every field is checked; message, loyalty card and order number are hashed.</summary>
    [Benchmark]
    public bool Judge() => _rules.Judge(Till, _draft, TestTracker.Noon).Sound is not null;

    /// <summary>Once for each class of a person in a micro-batch.</summary>
    [Benchmark]
    public int OpenKeys()
    {
        var opened = 0;
        foreach (var member in Classes)
        {
            opened += _dataKeys.Unwrap(Till.Tenant, A.Ada, member, _keys.Keys[member]).Bytes.Length;
        }

        return opened;
    }

    /// <summary>Step 5: one record of each of the two classes, written as JSON and sealed.</summary>
    [Benchmark]
    public int Stamp() => _stamper.Stamp(_interaction, Resolution.Of(A.Ada), _decision, _profile, _batch).Records.Count;
}
