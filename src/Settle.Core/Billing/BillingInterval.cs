using System.Text.Json.Serialization;

namespace Settle;

/// <summary>How long each period of a subscription is.</summary>
[JsonConverter(typeof(WordJsonConverter<BillingInterval>))]
public enum BillingInterval
{
    /// <summary>Something that this version does not know; the server is newer.</summary>
    Unknown,

    /// <summary>Seven days, from Monday on unless there is an anchor.</summary>
    Week,

    /// <summary>A month.</summary>
    Month,

    /// <summary>Three months.</summary>
    Quarter,

    /// <summary>Twelve months.</summary>
    Year,
}
