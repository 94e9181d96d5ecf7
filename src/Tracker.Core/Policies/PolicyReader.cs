using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Core.Model;
using Tracker.Core.Policies.Reading;

namespace Tracker.Core.Policies;

/// <summary>Reads a policy document whole: either a valid <see cref="Policy"/>, or every error at once by path.</summary>
public static class PolicyReader
{
    private static readonly JsonDocumentOptions Json = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false };

    /// <exception cref="PolicyInvalidException">The document is not a valid policy.</exception>
    public static Policy Read(string name, ReadOnlySpan<byte> json)
    {
        var findings = new Findings();
        var policy = ToPolicy(name, ToDocument(name, Parse(name, json)), json.ToArray(), findings);
        return findings.Errors.Count == 0 ? policy : throw new PolicyInvalidException(name, findings.Errors);
    }

    private static JsonNode Parse(string name, ReadOnlySpan<byte> json)
    {
        try
        {
            var root = JsonNode.Parse(json, documentOptions: Json);
            var nothing = new List<string>();
            FindNulls(root, "$", nothing);
            return nothing.Count == 0 ? root! : throw new PolicyInvalidException(name, [.. nothing.Select(path => $"{path}: null says nothing; leave it out.")]);
        }
        catch (JsonException fault)
        {
            throw new PolicyInvalidException(name, [$"{fault.Path ?? "$"}: not readable as JSON (line {fault.LineNumber + 1})."]);
        }
    }

    private static void FindNulls(JsonNode? node, string path, List<string> found)
    {
        switch (node)
        {
            case null:
                found.Add(path);
                break;
            case JsonObject members:
                foreach (var (member, value) in members)
                {
                    FindNulls(value, $"{path}.{member}", found);
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    FindNulls(items[i], $"{path}[{i}]", found);
                }

                break;
        }
    }

    private static PolicyDocument ToDocument(string name, JsonNode root)
    {
        try
        {
            return root.Deserialize(PolicyDocumentJson.Default.PolicyDocument)!;
        }
        catch (JsonException fault)
        {
            throw new PolicyInvalidException(name, [$"{fault.Path}: is no part of a policy, or not of this kind."]);
        }
    }

    private static Policy ToPolicy(string name, PolicyDocument document, byte[] json, Findings findings)
    {
        findings.Check(document.Profile.Length > 0 && document.Version.Length > 0, "$.profile, $.version", "both are required");
        var catalogue = new CatalogueReader(findings);
        var people = new PeopleReader(findings);
        var zone = findings.Zone(document.TimeZone, "$.time_zone");
        var outerCap = findings.Period(document.OuterCap, "$.outer_cap");
        var types = catalogue.Read(document.Types);
        var purposes = new MatrixReader(findings).Read(document.Purposes);
        var policy = new Policy
        {
            Version = $"{document.Profile}@{document.Version}",
            Sha256 = SHA256.HashData(json),
            Document = json,
            Zone = zone,
            ActivityWindow = findings.Period(document.ActivityWindow, "$.activity_window"),
            QuoteValidity = findings.Period(document.QuoteValidity, "$.quote_validity"),
            InactivityCap = findings.Period(document.InactivityCap, "$.inactivity_cap"),
            DeviceConsentValidity = findings.Period(document.DeviceConsentValidity, "$.device_consent_validity"),
            ConfirmationValidity = findings.Period(document.ConfirmationValidity, "$.confirmation_validity"),
            ReaskAfter = findings.Period(document.ReaskAfter, "$.reask_after"),
            NoticeGrace = findings.Period(document.NoticeGrace, "$.notice_grace"),
            RegisterCheckValidity = findings.Period(document.RegisterCheckValidity, "$.register_check_validity"),
            RegisterContractTail = findings.Period(document.RegisterContractTail, "$.register_contract_tail"),
            SoftOptInWindow = findings.Period(document.SoftOptInWindow, "$.soft_opt_in_window"),
            OuterCap = outerCap,
            Children = people.Read(document.Children),
            ObjectionReach = people.Read(document.ObjectionReach),
            SpecialCategories = people.Read(document.SpecialCategories),
            Assessments = people.Read(document.Assessments, zone),
            NoticeRetention = ToTerms(document.NoticeRetention, findings),
            Fields = people.Read(document.Fields),
            Purposes = purposes.ToFrozenDictionary(purpose => purpose.Purpose),
            LegalRules = catalogue.Read(document.LegalRules, types),
            Rules = new RuleReader(findings).Read(document, outerCap),
            Types = types.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal),
        };
        new Bounds(findings).Check(policy);
        return policy;
    }

    private static FrozenDictionary<Purpose, CalendarPeriod> ToTerms(IReadOnlyDictionary<string, string> entries, Findings findings) => entries
        .Select(entry => (Purpose: findings.Name<Purpose>(entry.Key, "$.notice_retention"), Term: findings.Period(entry.Value, $"$.notice_retention.{entry.Key}")))
        .DistinctBy(entry => entry.Purpose)
        .ToFrozenDictionary(entry => entry.Purpose, entry => entry.Term);
}
