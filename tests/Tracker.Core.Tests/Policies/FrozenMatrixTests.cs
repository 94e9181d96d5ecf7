using System.Text;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Tests.Architecture;

namespace Tracker.Core.Tests.Policies;

/// <summary>The matrix and the terms as the data-protection officer has seen them. TRACKER_UPDATE_FROZEN=1 writes them anew.</summary>
public sealed class FrozenMatrixTests
{
    private static readonly Stage[] Stages = [.. Enum.GetValues<Stage>().Where(stage => stage != Stage.Unspecified)];
    private static readonly LegalBasis[] Bases = [.. Enum.GetValues<LegalBasis>().Where(basis => basis != LegalBasis.None)];

    [Theory]
    [InlineData("it-seed-strict")]
    [InlineData("it-standard")]
    [Trait("Compliance", "R-025")]
    [Trait("Compliance", "R-027")]
    public void Every_stage_purpose_medium_and_basis_is_as_it_was_frozen(string profile)
    {
        var path = Path.Combine(SourceTree.Root, "tests", "Tracker.Core.Tests", "Policies", "Frozen", $"{profile}.txt");
        var table = Print(PolicyRegister.LoadShipped(profile));
        if (Environment.GetEnvironmentVariable("TRACKER_UPDATE_FROZEN") == "1")
        {
            File.WriteAllText(path, table);
        }

        Assert.Equal(File.ReadAllText(path), table);
    }

    private static string Print(Policy policy)
    {
        var text = new StringBuilder();
        var version = $"{policy.Version} sha256:{Convert.ToHexStringLower(policy.Sha256.Span)}\n\n";
        text.Append(version);
        text.Append("Which basis may carry a purpose, by medium and stage; \"-\" is denied. In brackets the ePrivacy ground.\n");
        foreach (var rule in policy.Purposes.Values.OrderBy(rule => rule.Purpose))
        {
            foreach (var channel in rule.Rows.Any(row => row.ContactChannels.Count > 0) ? Enum.GetValues<ContactChannel>().Skip(1) : [ContactChannel.Unspecified])
            {
                PrintRow(text, rule, channel);
            }
        }

        text.Append("\nWhich contracts a purpose is necessary for where it rests on CONTRACT, in the order they are tried.\n");
        foreach (var rule in policy.Purposes.Values.Where(rule => rule.Contracts.Count > 0).OrderBy(rule => rule.Purpose))
        {
            var line = $"{EnumNames<Purpose>.Of(rule.Purpose),-20} {string.Join(", ", rule.Contracts.Select(EnumNames<ContractKind>.Of))}\n";
            text.Append(line);
        }

        text.Append("\nWhich consent a purpose also asks for, whatever carries it.\n");
        foreach (var (rule, row) in policy.Purposes.Values.OrderBy(rule => rule.Purpose).SelectMany(rule => rule.Rows.Where(row => row.AlsoNeedsConsentTo.Count > 0).Select(row => (rule, row))))
        {
            var line = $"{EnumNames<Purpose>.Of(rule.Purpose),-20} {Names(row.ContactChannels),-40} {Names(row.AlsoNeedsConsentTo)}\n";
            text.Append(line);
        }

        text.Append("\nWhich periods hold for all.\n");
        foreach (var (name, period) in Periods(policy))
        {
            var line = $"{name,-24} {period}\n";
            text.Append(line);
        }

        text.Append("\nHow long, and by which rule; behind the bar when at the latest, whatever the anchors say.\n");
        foreach (var rule in policy.Rules)
        {
            var ends = string.Join("; ", rule.Terminators.Select(end => $"{EnumNames<Anchor>.Of(end.Anchor)} + {end.Period} {(end.IsFloor ? "MIN" : "MAX")}"));
            var key = $"{Name(rule.Purpose)} / {Name(rule.Category)} / {Name(rule.Basis)} / {Name(rule.Ground)}";
            var line = $"{rule.Id,-9} {key,-70} {ends} {EnumNames<RetentionAction>.Of(rule.Action)} | {rule.OuterCap}\n";
            text.Append(line);
        }

        text.Append("\nWhich special categories a condition of GDPR Art. 9(2) shows a purpose without an explicit consent.\n");
        foreach (var rule in policy.SpecialCategories)
        {
            var line = $"{EnumNames<Purpose>.Of(rule.Purpose),-20} {rule.Condition} {string.Join(", ", rule.Categories.Members().Select(EnumNames<SpecialCategory>.Of))}\n";
            text.Append(line);
        }

        text.Append("\nThe medium a type counts as where nothing is stated.\n");
        foreach (var type in policy.Types.Values.Where(type => type.ContactChannel != ContactChannel.Unspecified).OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            var line = $"{type.Name,-20} {EnumNames<ContactChannel>.Of(type.ContactChannel)}\n";
            text.Append(line);
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, CalendarPeriod Period)> Periods(Policy policy) =>
    [
        ("activity_window", policy.ActivityWindow),
        ("quote_validity", policy.QuoteValidity),
        ("inactivity_cap", policy.InactivityCap),
        ("device_consent_validity", policy.DeviceConsentValidity),
        ("confirmation_validity", policy.ConfirmationValidity),
        ("reask_after", policy.ReaskAfter),
        ("notice_grace", policy.NoticeGrace),
        ("register_check_validity", policy.RegisterCheckValidity),
        ("register_contract_tail", policy.RegisterContractTail),
        ("soft_opt_in_window", policy.SoftOptInWindow),
        ("outer_cap", policy.OuterCap),
    ];

    private static string Names<T>(IEnumerable<T> values)
        where T : struct, Enum =>
        string.Join(", ", values.Order().Select(EnumNames<T>.Of));

    private static void PrintRow(StringBuilder text, PurposeRule rule, ContactChannel channel)
    {
        var medium = channel == ContactChannel.Unspecified ? "" : $" {EnumNames<ContactChannel>.Of(channel)}";
        var title = $"\n{EnumNames<Purpose>.Of(rule.Purpose)}{medium}\n";
        text.Append(title);
        text.Append(Line("", Stages.Select(EnumNames<Stage>.Of)));
        foreach (var basis in Bases)
        {
            text.Append(Line(EnumNames<LegalBasis>.Of(basis), Stages.Select(stage => Cell(rule, channel, stage, basis))));
        }
    }

    private static string Line(string name, IEnumerable<string> cells) =>
        $"  {name,-20}{string.Concat(cells.Select(cell => $"{cell,-34}"))}".TrimEnd() + "\n";

    private static string Cell(PurposeRule rule, ContactChannel channel, Stage stage, LegalBasis basis)
    {
        var rows = rule.Rows.Where(row => channel == ContactChannel.Unspecified || row.ContactChannels.Contains(channel));
        var found = rows.SelectMany(row => row.Cells[stage]).Where(admissible => admissible.Basis == basis).ToList();
        return found.Count == 0 ? "-" : string.Join(" or ", found.Select(Print));
    }

    private static string Print(AdmissibleBasis admissible) =>
        $"yes [{EnumNames<EPrivacyGround>.Of(admissible.Ground)}]{(admissible.IsOnAccountTerms ? " account" : "")}{(admissible.IsIfMinimised ? " minimised" : "")}";

    private static string Name<T>(T? value)
        where T : struct, Enum =>
        value is { } named ? EnumNames<T>.Of(named) : "any";
}
