using System.Text.RegularExpressions;
using Tracker.Core.Model;

namespace Tracker.Core.Tests.Model;

/// <summary>The codes of compliance section 8, and nothing in their place.</summary>
public sealed class ReasonCodeTests
{
    private static readonly string[] Section8 =
    [
        "NO_LEGAL_BASIS", "BASIS_NOT_ADMISSIBLE", "BASIS_SWAP_FORBIDDEN", "STAGE_NOT_ELIGIBLE", "CONSENT_MISSING", "CONSENT_PENDING", "CONSENT_WITHDRAWN", "CONSENT_EXPIRED",
        "CONSENT_SCOPE", "CONSENT_NOT_RETROACTIVE", "WITHDRAWAL_INTERVENED", "CONTROLLER_MISMATCH", "NOTICE_NOT_PRIOR", "NOTICE_UNKNOWN", "NOT_GRANULAR", "INVALID_EVIDENCE",
        "TOKEN_EXPIRED", "CONTRACT_REF_INVALID", "LEGAL_RULE_UNKNOWN", "LIA_MISSING", "OBJECTED", "RESTRICTED", "SUPPRESSED", "GUARDIAN_REQUIRED", "NO_AUTHORITY", "MINOR_PROFILING",
        "ART9_CONDITION", "ART10_FORBIDDEN", "SOFT_OPT_IN_CONDITION", "EPRIVACY_GROUND", "RPO_LISTED", "RPO_STALE", "PURPOSE_UNKNOWN", "PURPOSE_CATEGORY_MISMATCH",
        "FIELD_UNCATEGORISED", "RETENTION_ALREADY_ELAPSED", "CLOCK_SKEW", "TRANSFER", "POLICY_UNAVAILABLE",
    ];

    /// <summary>Those that nothing answers, and why.</summary>
    private static readonly Dictionary<string, string> WithoutCause = new()
    {
        ["SUPPRESSED"] = "comes with erasure (part 6)",
        ["FIELD_UNCATEGORISED"] = "a policy that leaves a field without a category is not loaded (R-001)",
        ["CLOCK_SKEW"] = "a clock that is wrong is corrected or put up with (E16)",
        ["TRANSFER"] = "comes with recipients abroad (part 7)",
        ["POLICY_UNAVAILABLE"] = "a server without a valid policy does not start (R-029)",
    };

    [Fact]
    public void Every_code_of_the_specification_is_a_reason() =>
        Assert.Empty(Section8.Except(Enum.GetValues<Reason>().Select(EnumNames<Reason>.Of)));

    [Fact]
    public void Every_reason_is_a_code_of_the_specification_but_the_one_for_what_is_no_interaction() =>
        Assert.Equal(["INVALID_INTERACTION"], Enum.GetValues<Reason>().Where(reason => reason != Reason.None).Select(EnumNames<Reason>.Of).Except(Section8));

    /// <summary>A name in the source of a test is no proof that it is answered; that none has it proves that it was forgotten.</summary>
    [Fact]
    public void Every_other_code_is_named_by_a_test()
    {
        var tests = string.Concat(Architecture.SourceTree.Files("tests", "*.cs").Where(file => !file.EndsWith($"{nameof(ReasonCodeTests)}.cs", StringComparison.Ordinal)).Select(File.ReadAllText));
        var members = Enum.GetValues<Reason>().ToDictionary(EnumNames<Reason>.Of);

        var forgotten = Section8.Except(WithoutCause.Keys).Where(code => !Regex.IsMatch(tests, $@"\b(Refusal)?Reason\.{members[code]}\b"));

        Assert.Empty(forgotten);
    }

    [Fact]
    public void Codes_that_nothing_answers_are_those_that_are_known_to_have_no_cause()
    {
        var source = string.Concat(Architecture.SourceTree.Files("src", "*.cs").Select(File.ReadAllText));
        var unused = Enum.GetValues<Reason>()
            .Where(reason => reason != Reason.None && !source.Contains($"Reason.{reason}", StringComparison.Ordinal) && !source.Contains($"RefusalReason.{reason}", StringComparison.Ordinal))
            .Select(EnumNames<Reason>.Of);

        Assert.Equal(WithoutCause.Keys.Order(StringComparer.Ordinal), unused.Order(StringComparer.Ordinal));
    }
}
