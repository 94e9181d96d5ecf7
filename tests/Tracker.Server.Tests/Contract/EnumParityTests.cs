using System.Reflection;
using Google.Protobuf.Reflection;
using Tracker.Core.Consents;
using Tracker.Core.Identities.Matching;
using Tracker.Core.Identities.Persons;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Security;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Contract;

public class EnumParityTests
{
    public static TheoryData<Type, Type> Pairs => new()
    {
        { typeof(Wire.Channel), typeof(Channel) },
        { typeof(Wire.ContactChannel), typeof(ContactChannel) },
        { typeof(Wire.IdentifierKind), typeof(IdentifierKind) },
        { typeof(Wire.Initiator), typeof(Initiator) },
        { typeof(Wire.Purpose), typeof(Purpose) },
        { typeof(Wire.LegalBasis), typeof(LegalBasis) },
        { typeof(Wire.ContractKind), typeof(ContractKind) },
        { typeof(Wire.EPrivacyGround), typeof(EPrivacyGround) },
        { typeof(Wire.DataCategory), typeof(DataCategory) },
        { typeof(Wire.SpecialCategory), typeof(SpecialCategory) },
        { typeof(Wire.Stage), typeof(Stage) },
        { typeof(Wire.RetentionClass), typeof(RetentionClass) },
        { typeof(Wire.Outcome), typeof(Outcome) },
        { typeof(Wire.LeadOriginKind), typeof(LeadOriginKind) },
        { typeof(Wire.ConsentState), typeof(ConsentState) },
        { typeof(Wire.EvidenceKind), typeof(EvidenceKind) },
        { typeof(Wire.ConsentAct), typeof(ConsentAct) },
        { typeof(Wire.DecisionActor), typeof(DecisionActor) },
        { typeof(Wire.EndReason), typeof(EndReason) },
        { typeof(Wire.LedgerKind), typeof(LedgerKind) },
        { typeof(Wire.NoticeMedium), typeof(NoticeMedium) },
        { typeof(Wire.PromptReason), typeof(PromptReason) },
        { typeof(Wire.Permission), typeof(Permission) },
        { typeof(Wire.MergeBar), typeof(MergeBar) },
        { typeof(Wire.MatchField), typeof(MatchField) },
        { typeof(Wire.MatchLevel), typeof(MatchLevel) },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Wire_and_core_have_the_same_names_under_the_same_numbers(Type wire, Type core) =>
        Assert.Equal(Members(wire), Members(core));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Numbers_count_up_from_zero_without_a_gap(Type wire, Type core)
    {
        Assert.Equal(Enumerable.Range(0, Members(wire).Count), Members(wire).Keys);
        Assert.Equal(Enumerable.Range(0, Members(core).Count), Members(core).Keys);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_name_is_written_in_policies_and_settings_as_in_the_contract(Type wire, Type core)
    {
        var written = typeof(EnumNames<>).MakeGenericType(core).GetMethod("Of")!;
        var names = Enum.GetValues(core).Cast<object>().Skip(1).Select(member => $"{written.Invoke(null, [member])}");

        Assert.Equal(Enum.GetValues(wire).Cast<object>().Skip(1).Select(member => WrittenIn(wire, $"{member}")), names);
    }

    [Fact]
    public void No_enum_of_the_contract_is_left_out()
    {
        var all = typeof(Wire.Interaction).Assembly.GetExportedTypes().Where(type => type.IsEnum && !type.IsNested);

        Assert.Equal(all.Select(type => type.Name).Order(), Pairs.Select(pair => pair.Data.Item1.Name).Order());
    }

    private static SortedDictionary<int, string> Members(Type type) => new(
        Enum.GetValues(type).Cast<object>().ToDictionary(Convert.ToInt32, NameOf));

    private static string WrittenIn(Type wire, string member)
    {
        var name = wire.GetField(member)!.GetCustomAttribute<OriginalNameAttribute>()!.Name;
        var prefix = string.Concat(wire.Name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
        return name[(prefix.Length + 1)..];
    }

    // Zero has a meaning of its own in Core for two enums: no basis, and nothing special.
    private static string NameOf(object member) =>
        member is LegalBasis.None or SpecialCategory.None ? "Unspecified" : $"{member}";
}
