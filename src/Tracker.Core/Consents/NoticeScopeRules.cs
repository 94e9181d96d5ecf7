using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Consents;

internal static class NoticeScopeRules
{
    private const int MaxEntries = 64;

    public static void Check(NoticeScope scope, Violations violations)
    {
        violations.Require(scope.Controller is not null, "controller", "is required: a notice says who is responsible (GDPR Art. 13(1)(a)), and so does every receipt");
        if (scope.Controller is { } controller)
        {
            violations.AddIf("controller.id", Text.Check(controller.Id, 64, isRequired: true));
            violations.AddIf("controller.name", Text.Check(controller.Name, 128, isRequired: true));
            violations.AddIf("controller.contact", Text.Check(controller.Contact, 256, isRequired: true));
            violations.AddIf("controller.address", Text.Check(controller.Address, 256, isRequired: true));
        }

        CheckRecipients(scope, violations);
        violations.Require(scope.ContactChannels.Distinct().Count() == scope.ContactChannels.Count, "contact_channels", "must name each medium once");
        violations.Require(!scope.ContactChannels.Contains(ContactChannel.Unspecified), "contact_channels", "must not hold UNSPECIFIED");
        violations.Require(scope.DataCategories.Distinct().Count() == scope.DataCategories.Count, "data_categories", "must name each category once");
        violations.Require(scope.StorageLocations.Count <= MaxEntries, "storage_locations", $"must have at most {MaxEntries} entries");
        CheckEach("storage_locations", scope.StorageLocations, text => IsCountry(text) ? null : "must be two capital letters of ISO 3166-1", violations);
        violations.Require(scope.WithdrawalMethods.Count <= MaxEntries, "withdrawal_methods", $"must have at most {MaxEntries} entries");
        CheckEach("withdrawal_methods", scope.WithdrawalMethods, text => Text.Check(text, 256, isRequired: true), violations);
        violations.AddIf("uri", Text.Check(scope.Uri, 512));
    }

    /// <summary>What a consent carries is kept as long as is stated here; whatever else is kept by its rule alone, so the rule must not be longer .</summary>
    public static void CheckTerms(IReadOnlyList<NoticeTerm> terms, IReadOnlyList<Purpose> purposes, Policy policy, Violations violations)
    {
        violations.Require(terms.DistinctBy(term => term.Purpose).Count() == terms.Count, "retention_terms", "must name each purpose once");
        for (var i = 0; i < Math.Min(terms.Count, MaxEntries); i++)
        {
            violations.Require(purposes.Contains(terms[i].Purpose), $"retention_terms[{i}].purpose", "must be among purposes");
            violations.Require(terms[i].Period != default, $"retention_terms[{i}].period", "must be longer than nothing");
            if (StatedTerms.KeptByRule(policy, terms[i].Purpose).FirstOrDefault(rule => StatedTerms.Exceeds(rule, terms[i].Period)) is { } longer)
            {
                violations.Add($"retention_terms[{i}].period", $"is shorter than the data is kept: by {longer.Id}; state its term, or shorten the rule (GDPR Art. 13(2)(a))");
            }
        }
    }

    private static void CheckRecipients(NoticeScope scope, Violations violations)
    {
        var recipients = scope.Recipients;
        violations.Require(recipients.Count <= MaxEntries, "recipients", $"must have at most {MaxEntries} entries");
        violations.Require(recipients.DistinctBy(recipient => recipient.Id).Count() == recipients.Count, "recipients", "must name each recipient once");
        for (var i = 0; i < Math.Min(recipients.Count, MaxEntries); i++)
        {
            violations.AddIf($"recipients[{i}].id", Text.Check(recipients[i].Id, 64, isRequired: true));
            violations.Require(recipients[i].Id != scope.Controller?.Id, $"recipients[{i}].id", "must be another than the controller: who is responsible is no third party (GDPR Art. 4(10))");
            violations.AddIf($"recipients[{i}].role", Text.Check(recipients[i].Role, 64, isRequired: true));
            violations.Require(IsCountry(recipients[i].Country), $"recipients[{i}].country", "must be two capital letters of ISO 3166-1");
        }
    }

    private static void CheckEach(string field, IReadOnlyList<string> texts, Func<string, string?> check, Violations violations)
    {
        for (var i = 0; i < Math.Min(texts.Count, MaxEntries); i++)
        {
            violations.AddIf($"{field}[{i}]", check(texts[i]));
        }
    }

    private static bool IsCountry(string text) => text.Length == 2 && text.All(char.IsAsciiLetterUpper);
}
