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
    /// <summary>
    /// A whole document is in force as it is. An overlay ("extends") is laid on the shipped profile that it names, and
    /// what is in force, hashed and stored is the whole that both make: it can be read in ten years without either.
    /// </summary>
    /// <exception cref="PolicyInvalidException">The document is not a valid policy.</exception>
    public static Policy Read(string name, ReadOnlySpan<byte> json)
    {
        var findings = new Findings();
        var root = PolicyJson.Parse(name, json);
        var policy = root.ContainsKey("extends") ? ReadOverlay(name, root, findings) : ReadWhole(root, json.ToArray(), findings);
        return findings.Errors.Count == 0 ? policy : throw new PolicyInvalidException(name, findings.Errors);
    }

    private static Policy ReadOverlay(string name, JsonObject overlay, Findings findings)
    {
        new PolicyShape(findings).Check(overlay);
        findings.NextPass();
        findings.Check(overlay.ContainsKey("profile"), "$.profile", "an overlay has a name of its own");
        findings.Check(overlay.ContainsKey("version"), "$.version", "an overlay has a version of its own");
        var extended = (string?)overlay["extends"];
        var isKnown = extended is not null && findings.IsOneOf(extended, "$.extends", PolicyRegister.Shipped);
        // What the overlay says of itself is told whatever it was meant for; then it has no bounds but its own.
        var below = PolicyRegister.LoadShipped(isKnown ? extended! : PolicyRegister.DefaultProfile);
        overlay.Remove("extends");
        overlay["based_on"] = $"{below.Version} sha256:{Convert.ToHexStringLower(below.Sha256.Span)}";
        var whole = PolicyJson.Parse(name, below.Document.Span);
        PolicyJson.Lay(overlay, whole);
        var policy = ToPolicy(whole, PolicyJson.Write(whole), findings);
        // A basis that may not be added is asked for no rule, and a term beyond everybody's cap is not compared with the base.
        findings.NextPass();
        new OverlayBounds(isKnown ? below : policy, policy, findings).Check();
        findings.NextPass();
        new Bounds(findings).Check(policy);
        findings.NextPass();
        new OverlayTerms(isKnown ? below : policy, policy, findings).Check();
        return policy;
    }

    /// <exception cref="PolicyInvalidException">It goes beyond what an overlay on that base may.</exception>
    internal static Policy WithinBounds(Policy below, Policy policy)
    {
        var findings = new Findings();
        new OverlayBounds(below, policy, findings).Check();
        new OverlayTerms(below, policy, findings).Check();
        return findings.Errors.Count == 0 ? policy : throw new PolicyInvalidException(policy.Version, findings.Errors);
    }

    private static Policy ReadWhole(JsonObject root, byte[] json, Findings findings)
    {
        new PolicyShape(findings).Check(root);
        findings.NextPass();
        var policy = ToPolicy(root, json, findings);
        findings.NextPass();
        new Bounds(findings).Check(policy);
        return policy;
    }

    private static Policy ToPolicy(JsonObject root, byte[] json, Findings findings)
    {
        var document = root.Deserialize(PolicyDocumentJson.Default.PolicyDocument)!;
        findings.Check(document.Profile.Length > 0, "$.profile", "required");
        findings.Check(document.Version.Length > 0, "$.version", "required");
        var catalogue = new CatalogueReader(findings);
        var protection = new ProtectionReader(findings);
        var zone = findings.Zone(document.TimeZone, "$.time_zone");
        var outerCap = findings.Period(document.OuterCap, "$.outer_cap");
        var types = catalogue.Read(document.Types);
        var purposes = new MatrixReader(findings).Read(document.Purposes);
        return new Policy
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
            Children = protection.Read(document.Children),
            Identity = new IdentityReader(findings).Read(document.Identity),
            BlockedIdentifiers = new BlockedReader(findings).Read(document.BlockedIdentifiers),
            ObjectionReach = protection.Read(document.ObjectionReach),
            SpecialCategories = protection.Read(document.SpecialCategories),
            Assessments = protection.Read(document.Assessments, zone),
            NoticeRetention = ToTerms(document.NoticeRetention, findings),
            Fields = protection.Read(document.Fields),
            Purposes = purposes.ToFrozenDictionary(purpose => purpose.Purpose),
            LegalRules = catalogue.Read(document.LegalRules, types),
            Rules = new RuleReader(findings).Read(document, outerCap),
            Types = types.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal),
        };
    }

    private static FrozenDictionary<Purpose, CalendarPeriod> ToTerms(IReadOnlyDictionary<string, string> entries, Findings findings) => entries
        .Select(entry => (Purpose: findings.Name<Purpose>(entry.Key, $"$.notice_retention.{entry.Key}"), Term: findings.FindPeriod(entry.Value, $"$.notice_retention.{entry.Key}")))
        .Where(entry => entry.Purpose != Purpose.Unspecified && entry.Term is not null)
        .ToFrozenDictionary(entry => entry.Purpose, entry => entry.Term!.Value);
}
