namespace Tracker.Core.Model;

/// <summary>What GDPR Art. 9(1) names, and criminal offences (Art. 10). Numbers are those of the contract and of the stores.</summary>
public enum SpecialCategory : byte
{
    None = 0,
    Health = 1,
    SexLife = 2,
    SexualOrientation = 3,
    Religion = 4,
    PoliticalOpinion = 5,
    TradeUnion = 6,
    EthnicOrigin = 7,
    Genetic = 8,
    Biometric = 9,
    CriminalOffence = 10,
}
