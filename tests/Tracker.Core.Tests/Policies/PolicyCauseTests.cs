using System.Text;
using System.Text.Json.Nodes;
using Tracker.Core.Policies;

namespace Tracker.Core.Tests.Policies;

public sealed class PolicyCauseTests
{
    public static TheoryData<string, string> InWholes => new()
    {
        { """ "quote_validity": 7 """, "$.quote_validity" },
        { """ "profile": 7 """, "$.profile" },
        { """ "version": "" """, "$.version" },
        { """ "time_zone": "Europe/Rom" """, "$.time_zone" },
        { """ "outer_cap": "long" """, "$.outer_cap" },
        { """ "children": { "adult_age": "eighteen" } """, "$.children.adult_age" },
        { """ "notice_retention": { "PROFILIN": "P1M" } """, "$.notice_retention.PROFILIN" },
        { """ "notice_retention": { "PROFILING": "long" } """, "$.notice_retention.PROFILING" },
        { """ "purposes": [{ "purpose": "PROFILING", "needs": ["commerce.totals"] }] """, "$.purposes[PROFILING].needs[0]" },
        { """ "purposes": [{ "purpose": "PROFILING", "class": "PROFILE" }] """, "$.purposes[PROFILING].class" },
        { """ "purposes": [{ "purpose": "PROFILING", "matrix": [{ "cells": { "CUSTOMER": ["CONSENTS"] } }] }] """, "$.purposes[PROFILING].matrix[0].cells.CUSTOMER[0]" },
        { """ "purposes": [{ "purpose": "PROFILING", "matrix": [{ "cells": { "CUSTOMER": ["VITAL_INTEREST"] } }] }] """, "$.purposes[PROFILING].matrix[0].cells.CUSTOMER[0]" },
        { """ "purposes": [{ "purpose": "PROFILING", "matrix": [{ "cells": { "CUSTOMERS": ["CONSENT"] } }] }] """, "$.purposes[PROFILING].matrix[0].cells.CUSTOMERS" },
        { """ "purposes": [{ "purpose": "PROFILING", "matrix": [{ "consent_ground": "CONSENT122" }] }] """, "$.purposes[PROFILING].matrix[0].consent_ground" },
        { """ "purposes": [{ "purpose": "PROFILING", "matrix": [{ "consent_ground": "TECHNICAL_122" }] }] """, "$.purposes[PROFILING].matrix[0].consent_ground" },
        { """ "purposes": [{ "purpose": "PROFILING", "matrix": [{ "requires_consent": ["PROFILIN"] }] }] """, "$.purposes[PROFILING].matrix[0].requires_consent[0]" },
        { """ "purposes": [{ "purpose": "PROFILIN", "needs": [] }] """, "$.purposes[PROFILIN].purpose" },
        { """ "purposes": [{ "purpose": "DIRECT_MARKETING", "matrix": [{ "contact_channels": ["E_MAIL"], "cells": { "LEAD": [] } }] }] """, "$.purposes[DIRECT_MARKETING].matrix[E_MAIL].contact_channels[0]" },
        { """ "fields": [{ "field": "commerce.totals" }] """, "$.fields[commerce.totals].field" },
        { """ "fields": [{ "field": "commerce.total", "category": "MONEY" }] """, "$.fields[commerce.total].category" },
        { """ "objection_reach": { "DIRECT_MARKETING": ["PROFILING", "PERSONALISATIO"] } """, "$.objection_reach.DIRECT_MARKETING[1]" },
        { """ "assessments": [{ "id": "LIA-1", "version": "1", "purpose": "FRAUD_SECURITY", "from": "2026-11-25", "until": "later" }] """, "$.assessments[LIA-1].until" },
        { """ "assessments": [{ "id": "LIA-1", "version": "1", "purpose": "FRAUD_SECURITY", "from": "tomorrow", "until": "2027-11-25" }] """, "$.assessments[LIA-1].from" },
        { """ "assessments": [{ "id": "LIA-1", "purpose": "FRAUD_SECURITY", "from": "2026-11-25", "until": "2027-11-25" }] """, "$.assessments[LIA-1].version" },
        { """ "rules": [{ "id": "IT-TAX-1", "ends": [{ "anchor": "FISCAL_ENTRY", "period": "long", "kind": "MIN" }, { "anchor": "FISCAL_ENTRY", "period": "P10Y", "kind": "MAX" }] }] """, "$.rules[IT-TAX-1].ends[0].period" },
        { """ "rules": [{ "id": "IT-PRO-1", "ends": [{ "anchor": "EVENT_TIME", "period": "P12M", "kind": "MAXIMUM" }] }] """, "$.rules[IT-PRO-1].ends[0].kind" },
        { """ "rules": [{ "id": "IT-PRO-1", "ends": [{ "anchor": "CONSENT_END", "period": "PT0S", "kind": "MAX" }, "P12M"] }] """, "$.rules[IT-PRO-1].ends[1]" },
        { """ "rules": [{ "id": "IT-PRO-1", "ends": [] }] """, "$.rules[IT-PRO-1].ends" },
        { """ "rules": [{ "id": "IT-TAX-1", "purpose": "TAX" }] """, "$.rules[IT-TAX-1].purpose" },
        { """ "rules": [{ "id": "IT-LI-1", "basis": "INTEREST" }] """, "$.rules[IT-LI-1].basis" },
        { """ "types": [{ "name": "page.viewed", "initiator": "PERSON" }] """, "$.types[page.viewed].initiator" },
        { """ "types": [{ "name": "page.viewed", "purposes": ["SERVICE_DELIVERYS"], "default_purposes": ["SERVICE_DELIVERY"] }] """, "$.types[page.viewed].purposes[0]" },
        { """ "types": [{ "name": "page.viewed", "default_purposes": ["SERVICE"] }] """, "$.types[page.viewed].default_purposes[0]" },
    };

    public static TheoryData<string, string> InOverlays => new()
    {
        { """ "reask_after": "long" """, "$.reask_after" },
        { """ "rules": [{ "id": "IT-PRO-1", "ends": [{ "anchor": "CONSENT_END", "period": "PT0S", "kind": "MAX" }, { "anchor": "EVENT_TIME", "period": "P7Y", "kind": "MAX" }] }] """, "$.rules[IT-PRO-1]" },
        { """ "purposes": [{ "purpose": "DIRECT_MARKETING", "matrix": [{ "contact_channels": ["SMS", "IM", "AUTO_CALL"], "cells": { "LEAD": ["CONSENT", "LEGAL_OBLIGATION"] } }] }] """, "$.purposes[DIRECT_MARKETING].matrix[AUTO_CALL,IM,SMS].cells.LEAD" },
    };

    [Theory]
    [MemberData(nameof(InWholes))]
    public void One_cause_is_one_error_of_a_whole_policy(string members, string path)
    {
        var changes = JsonNode.Parse($"{{ {members} }}")!.AsObject();
        var document = Documents.Shipped();
        Change(document, changes);

        var errors = Documents.Errors(document);

        Assert.StartsWith($"{path}: ", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(InWholes))]
    [MemberData(nameof(InOverlays))]
    public void One_cause_is_one_error_of_an_overlay(string members, string path)
    {
        var overlay = new JsonObject { ["extends"] = "it-seed-strict", ["profile"] = "own", ["version"] = "1" };
        foreach (var (name, value) in JsonNode.Parse($"{{ {members} }}")!.AsObject())
        {
            overlay[name] = value!.DeepClone();
        }

        var errors = Documents.Errors(() => PolicyRegister.LoadOverlay("own", Encoding.UTF8.GetBytes(overlay.ToJsonString())));

        Assert.StartsWith($"{path}: ", Assert.Single(errors), StringComparison.Ordinal);
    }

    /// <summary>Changes members and named items of a whole policy where they stand.</summary>
    private static void Change(JsonObject document, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value is JsonObject members && document[name] is JsonObject place)
            {
                Change(place, members);
            }
            else if (value is JsonArray items && document[name] is JsonArray places && name != "ends" && items.FirstOrDefault() is JsonObject)
            {
                Change(places, items);
            }
            else
            {
                document[name] = value!.DeepClone();
            }
        }
    }

    private static void Change(JsonArray places, JsonArray items)
    {
        foreach (var item in items.Select(item => item!.AsObject()))
        {
            var (key, name) = item.First();
            var place = places.FirstOrDefault(place => key is "consent_ground" or "cells" or "requires_consent" || JsonNode.DeepEquals(place![key], name));
            if (place is JsonObject known)
            {
                Change(known, item);
            }
            else
            {
                places.Add(item.DeepClone());
            }
        }
    }
}
