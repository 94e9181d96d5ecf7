namespace Tracker.Server.Security;

/// <summary>One registered sender of a tenant.</summary>
public sealed class SourceOptions
{
    /// <summary>1 to 32 of a-z, 0-9 and "-"; unique for the tenant.</summary>
    public string Id { get; set; } = "";

    /// <summary>Channel of interactions that state none, such as "POS".</summary>
    public string? Channel { get; set; }

    /// <summary>Region by ISO 3166-1, such as "IT", of telephone numbers that state no country; without it such a number is refused.</summary>
    public string? Region { get; set; }

    /// <summary>Whose numbers it sends, by kind: "CUSTOMER_NUMBER": "crm". Systems that number on their own need one each.</summary>
    public IDictionary<string, string> Schemes { get; } = new Dictionary<string, string>();

    /// <summary>Purposes of interactions that state none, by type: "order.placed": ["ORDER_FULFILMENT"].</summary>
    public IDictionary<string, string[]> DefaultPurposes { get; } = new Dictionary<string, string[]>();

    /// <summary>Its service is directed at children: a person whose age is not known counts as a minor.</summary>
    public bool ChildDirected { get; set; }

    /// <summary>Its devices and cookies are of tills, kiosks or tablets that many people use: they lead to nobody.</summary>
    public bool SharedDevices { get; set; }

    /// <summary>Interactions that it may send each second to one node, all its keys together; at least 1. Absent: as many as there is room for.</summary>
    public int? MaxPerSecond { get; set; }

    /// <summary>Keys that speak for this source; without any it may be called from this machine only.</summary>
    public IList<KeyOptions> Keys { get; } = [];
}
