using MLNet.Transformers.Tool.Commands;

namespace MLNet.Transformers.Tests.Tool.Commands;

public class ProjectNameTests
{
    [Theory]
    [InlineData("data/debian-packages.tsv", "DebianPackages")]
    [InlineData("reviews.tsv", "Reviews")]
    [InlineData("IMDB_top 100.csv", "IMDBTop100")]
    [InlineData("20news.tsv", "Model20news")]
    [InlineData("photos/", "Photos")]
    [InlineData("größen.csv", "Größen")]
    [InlineData("program.csv", "ProgramModel")]
    [InlineData("x.y.tsv", "XY")]
    [InlineData("___.tsv", null)]
    [InlineData("42.tsv", "Model42")]
    public void NamesAreMadeFromFiles(string path, string? name) => Assert.Equal(name, ProjectName.From(path));

    [Theory]
    [InlineData("Reviews")]
    [InlineData("My_Model2")]
    [InlineData("größen")]
    public void IdentifiersWillDo(string name) => Assert.Null(ProjectName.WhyNot(name));

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("_a")]
    [InlineData("a b")]
    [InlineData("a-b")]
    [InlineData("../x")]
    [InlineData("A\n")]
    public void OthersWillNot(string name) => Assert.StartsWith("the name of the project must be a C# identifier", ProjectName.WhyNot(name));

    [Theory]
    [InlineData("class", "C# keeps names of small letters only for itself; take 'Class'.")]
    [InlineData("sentiment", "C# keeps names of small letters only for itself; take 'Sentiment'.")]
    [InlineData("System", "the code of every project has that name in it already; take another.")]
    public void SomeAreTaken(string name, string reason) => Assert.Equal(reason, ProjectName.WhyNot(name));

    [Fact]
    public void LongNamesAreRefused() => Assert.Equal("the name of the project may have 100 characters at most.", ProjectName.WhyNot(new string('A', 101)));
}
