using System.Text.Json.Serialization;

namespace Settle;

/// <summary>What has become of a quote.</summary>
[JsonConverter(typeof(WordJsonConverter<QuoteStatus>))]
public enum QuoteStatus
{
    /// <summary>A word that this version does not know; the server is newer.</summary>
    Unknown = -1,

    /// <summary>The customer can accept it.</summary>
    Open = 0,

    /// <summary>The customer accepted it; its lines are charges.</summary>
    Accepted = 1,

    /// <summary>The customer does not want it.</summary>
    Declined = 2,

    /// <summary>The last day on which it could be accepted is over.</summary>
    Expired = 3,
}
