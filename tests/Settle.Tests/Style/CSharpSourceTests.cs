using Xunit;

namespace Settle.Tests.Style;

/// <summary>The style test is only worth what its reading of C# is worth.</summary>
public sealed class CSharpSourceTests
{
    private const string Example = """
        namespace X; // a { comment
        /* class Y { */
        internal sealed record One(string Text, int[] Numbers)
        {
            private readonly char brace = '{';
            public string A => $"{{ {Numbers[0]} {(Text is "}" ? "{" : @"\""{")} }}";
            public int B { get; } = 1;

            public One(int b) : this("", [])
            {
                if (b > 0) { B = b; }
            }

            private class Inner
            {
                public void M()
                {
                }
            }
        }
        public record struct Two(int C);
        """;

    [Fact]
    public void Types_and_methods_are_found_between_strings_and_comments()
    {
        var source = new CSharpSource("example", Example);
        Assert.Equal(["One", "Two"], source.TopTypes);
        Assert.Equal([(9, 4), (16, 3)], source.Methods);
        Assert.DoesNotContain("comment", source.Code, StringComparison.Ordinal);
        Assert.Contains("Numbers[0]", source.Code, StringComparison.Ordinal);
        Assert.Equal(Example.Length, source.Code.Length);
    }
}
