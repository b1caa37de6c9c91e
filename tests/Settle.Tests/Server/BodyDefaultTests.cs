using System.Reflection;
using System.Runtime.CompilerServices;
using Settle.Server;
using Settle.Wire;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>
/// Bodies are read by generated code, which forgets the defaults of properties that are init-only.
/// </summary>
public sealed class BodyDefaultTests
{
    [Fact]
    public void What_a_body_leaves_out_keeps_its_default()
    {
        var datev = Bodies.Read<DatevSettings>("{}"u8);
        Assert.Equivalent(new DatevSettings(), datev, strict: true);
        Assert.Equal(1001, datev.Consultant);

        var seller = Bodies.Read<SellerRequest>(
            """{"party":{"name":"A","country":"DE"},"dunning":{"levels":[{"days":14}]}}"""u8);
        Assert.Equal("UTC", seller.Zone);
        Assert.Equal("{year}-", seller.Series);
        Assert.Empty(seller.TaxRates);
        Assert.Equal(7, seller.Dunning!.PayWithin);
        Assert.Empty(seller.Dunning.Levels[0].Texts);
    }

    [Fact]
    public void A_default_of_a_body_is_of_a_property_that_can_be_set()
    {
        var read = typeof(WireJson).GetProperties()
            .Select(property => property.PropertyType.GenericTypeArguments)
            .Where(types => types is [{ Namespace: "Settle" or "Settle.Wire" }])
            .Select(types => types[0])
            .Where(type => type.Name.EndsWith("Request", StringComparison.Ordinal)
                || type.Name.EndsWith("Body", StringComparison.Ordinal)
                || type.Name.EndsWith("Settings", StringComparison.Ordinal)
                || type == typeof(ReminderLevel))
            .Where(type => type.GetConstructor([]) is not null).ToList();
        Assert.Contains(typeof(SellerRequest), read);
        Assert.Contains(typeof(DunningSettings), read);

        Assert.All(read, type =>
        {
            var blank = Activator.CreateInstance(type)!;
            var lost = type.GetProperties()
                .Where(property => property.SetMethod is { } set && set.ReturnParameter
                    .GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
                .Where(property => property.GetValue(blank) is { } value
                    && !value.Equals(DefaultOf(property)))
                .Select(property => $"{type.Name}.{property.Name}");
            Assert.Empty(lost);
        });
    }

    private static object? DefaultOf(PropertyInfo property) => property.PropertyType.IsValueType
        ? RuntimeHelpers.GetUninitializedObject(property.PropertyType) : null;
}
