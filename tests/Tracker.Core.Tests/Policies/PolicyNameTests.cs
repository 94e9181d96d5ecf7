using System.Text.Json.Nodes;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Tests.Policies;

/// <summary>Every place of a policy that reads a name out of a closed set.</summary>
public sealed class PolicyNameTests
{
    private const string Unknown = "NO_SUCH_NAME";

    private static readonly Dictionary<string, (Action<JsonObject, string> Write, string Path)> Places = new()
    {
        ["purpose"] = ((document, name) => Entry(document, "purposes")["purpose"] = name, "$.purposes[{0}].purpose:"),
        ["class"] = ((document, name) => Entry(document, "purposes")["class"] = name, "$.purposes[SERVICE_DELIVERY].class:"),
        ["consent_ground"] = ((document, name) => Row(document)["consent_ground"] = name, "$.purposes[SERVICE_DELIVERY].matrix[0].consent_ground:"),
        ["requires_consent"] = ((document, name) => WriteRequired(document, name), "$.purposes[PROFILING].matrix[0].requires_consent[0]:"),
        ["contact_channels of a row"] = ((document, name) => Row(document)["contact_channels"] = new JsonArray(name), "$.purposes[SERVICE_DELIVERY].matrix[{0}].contact_channels[0]:"),
        ["stage"] = ((document, name) => Row(document)["cells"]![name] = new JsonArray(), "$.purposes[SERVICE_DELIVERY].matrix[0].cells.{0}:"),
        ["basis of a cell"] = ((document, name) => Row(document)["cells"]!["VISITOR"] = new JsonArray(name), "$.purposes[SERVICE_DELIVERY].matrix[0].cells.VISITOR[0]:"),
        ["category of a field"] = ((document, name) => Entry(document, "fields")["category"] = name, "$.fields[commerce.order_id].category:"),
        ["purpose of a condition"] = ((document, name) => Entry(document, "special_categories")["purpose"] = name, "$.special_categories[0].purpose:"),
        ["category of a condition"] = ((document, name) => Entry(document, "special_categories")["categories"] = new JsonArray(name), "$.special_categories[0].categories[0]:"),
        ["purpose of objections"] = ((document, name) => document["objection_reach"]![name] = new JsonArray(), "$.objection_reach.{0}:"),
        ["purpose reached"] = ((document, name) => document["objection_reach"] = new JsonObject { ["DIRECT_MARKETING"] = new JsonArray(name) }, "$.objection_reach.DIRECT_MARKETING[0]:"),
        ["purpose of an assessment"] = ((document, name) => WriteAssessment(document)["purpose"] = name, "$.assessments[LIA-1].purpose:"),
        ["medium of an assessment"] = ((document, name) => WriteAssessment(document)["contact_channels"] = new JsonArray(name), "$.assessments[LIA-1].contact_channels[0]:"),
        ["purpose of a notice"] = ((document, name) => document["notice_retention"] = new JsonObject { [name] = "P99Y" }, "$.notice_retention.{0}:"),
        ["purpose of a duty"] = ((document, name) => Entry(document, "legal_rules")["purpose"] = name, "$.legal_rules[IT-CC-2220].purpose:"),
        ["purpose of a rule"] = ((document, name) => Rule(document, "IT-TAX-1")["purpose"] = name, "$.rules[IT-TAX-1].purpose:"),
        ["purpose of the rule of an interest"] = ((document, name) => Rule(document, "IT-LI-1")["purpose"] = name, "$.rules[IT-LI-1].purpose:"),
        ["category of a rule"] = ((document, name) => Rule(document, "IT-TAX-1")["category"] = name, "$.rules[IT-TAX-1].category:"),
        ["basis of a rule"] = ((document, name) => Rule(document, "IT-TAX-1")["basis"] = name, "$.rules[IT-TAX-1].basis:"),
        ["ground of a rule"] = ((document, name) => Rule(document, "IT-TAX-1")["ground"] = name, "$.rules[IT-TAX-1].ground:"),
        ["action"] = ((document, name) => Rule(document, "IT-TAX-1")["action"] = name, "$.rules[IT-TAX-1].action:"),
        ["anchor"] = ((document, name) => Rule(document, "IT-TAX-1")["ends"]![0]!["anchor"] = name, "$.rules[IT-TAX-1].ends[0].anchor:"),
        ["kind of an end"] = ((document, name) => Rule(document, "IT-TAX-1")["ends"]![0]!["kind"] = name, "$.rules[IT-TAX-1].ends[0].kind:"),
        ["fiscal_anchor"] = ((document, name) => document["fiscal_anchor"] = name, "$.fiscal_anchor:"),
        ["marketing_detail_anchor"] = ((document, name) => document["marketing_detail_anchor"] = name, "$.marketing_detail_anchor:"),
        ["purposes of a type"] = ((document, name) => Type(document)["purposes"]!.AsArray().Insert(0, name), "$.types[{1}].purposes[0]:"),
        ["default purposes of a type"] = ((document, name) => (Type(document)["purposes"], Type(document)["default_purposes"]) = (new JsonArray(name), new JsonArray(name)), "$.types[{1}].default_purposes[0]:"),
        ["identifier"] = ((document, name) => Type(document)["identifier"] = name, "$.types[{1}].identifier:"),
        ["initiator"] = ((document, name) => Type(document)["initiator"] = name, "$.types[{1}].initiator:"),
        ["establishes"] = ((document, name) => Type(document)["establishes"] = name, "$.types[{1}].establishes:"),
        ["medium of a type"] = ((document, name) => Type(document)["contact_channel"] = name, "$.types[{1}].contact_channel:"),
    };

    public static TheoryData<string> All => [.. Places.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void A_name_that_is_none_is_told_which_there_are_and_each_of_them_passes(string place)
    {
        var listed = Listed(place);

        Assert.True(listed.Length >= 2, string.Join(", ", listed));
        Assert.All(listed, name => Assert.Empty(ErrorsAt(place, name)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_other_spelling_of_a_name_passes(string place)
    {
        var listed = Listed(place);
        var spellings = listed
            .SelectMany(name => (string[])[name.ToLowerInvariant(), name.Replace("_", "", StringComparison.Ordinal), $"PURPOSE_{name}"])
            .Concat(["UNSPECIFIED", "NONE", "0", "1"])
            .Except(listed);

        Assert.All(spellings, spelling => Assert.NotEmpty(ErrorsAt(place, spelling)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_name_of_the_same_set_and_no_word_of_another_place_passes_that_is_not_listed(string place)
    {
        var listed = Listed(place);
        IReadOnlyList<string>[] sets =
        [
            Names<Purpose>(), Names<RetentionClass>(), Names<EPrivacyGround>(), Names<ContactChannel>(), Names<Stage>(), Names<LegalBasis>(),
            Names<DataCategory>(), Names<SpecialCategory>(), Names<Anchor>(), Names<RetentionAction>(), Names<FactKind>(), Names<Initiator>(),
        ];
        var names = sets.Where(set => set.Intersect(listed).Any()).SelectMany(set => set)
            .Concat(["ANY", "MARKETING_DETAIL", "TECHNICAL", "MAX", "MIN", "REQUIRED", "OPTIONAL"]);

        Assert.All(names.Except(listed), name => Assert.NotEmpty(ErrorsAt(place, name)));
    }

    private static string[] Listed(string place)
    {
        var error = Assert.Single(ErrorsAt(place, Unknown));
        return error[(error.IndexOf(" is none of ", StringComparison.Ordinal) + " is none of ".Length)..^1].Split(", ");
    }

    private static List<string> ErrorsAt(string place, string name)
    {
        var document = Documents.Shipped();
        var (write, path) = Places[place];
        write(document, name);
        var at = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, name, (string)Type(document)["name"]!);
        try
        {
            Documents.Read(document);
            return [];
        }
        catch (PolicyInvalidException refused)
        {
            return [.. refused.Errors.Select(error => $"{error}").Where(error => error.StartsWith(at, StringComparison.Ordinal))];
        }
    }

    private static IReadOnlyList<string> Names<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(EnumNames<T>.Of)];

    private static JsonObject Entry(JsonObject document, string list) => document[list]![0]!.AsObject();

    private static JsonObject Row(JsonObject document) => document.Purpose("SERVICE_DELIVERY")["matrix"]![0]!.AsObject();

    private static JsonObject Rule(JsonObject document, string id) => document.Rule(id);

    /// <summary>One that only the person begins, so that it may establish anything.</summary>
    private static JsonObject Type(JsonObject document) => document["types"]!.AsArray().Single(type => (string?)type!["name"] == "quote.requested")!.AsObject();

    private static void WriteRequired(JsonObject document, string name) => document.Purpose("PROFILING")["matrix"]![0]!["requires_consent"] = new JsonArray(name);

    private static JsonObject WriteAssessment(JsonObject document)
    {
        var assessment = new JsonObject { ["id"] = "LIA-1", ["version"] = "1", ["purpose"] = "FRAUD_SECURITY", ["from"] = "2026-11-25", ["until"] = "2027-11-25" };
        document["assessments"]!.AsArray().Add(assessment);
        return assessment;
    }
}
