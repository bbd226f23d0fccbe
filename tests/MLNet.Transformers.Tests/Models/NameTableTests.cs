using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models;

public class NameTableTests
{
    private static readonly NameTable Table = NameTable.Parse(
        """
        bert.layer.{}.self.{query,key,value} = backbone.layers.{}.projection
        bert.layer.{}.out                    = backbone.layers.{}.output
        bert.layer.{}.out.special            = backbone.layers.{}.exception
        bert.groups.{}.{}.{q,v}_lin          = backbone.groups.{}.{}.{query,value}
        bert.c_attn                          = backbone.{left,right} | transpose
        bert.c_fc                            = backbone.fc | transpose
        bert.position_ids                    =
        bert.biased                          = backbone.biased
        bert.biased                          =
        bert.plain                           = backbone.plain
        old.deep.plain                       = backbone.plain
        classifier                           = head.output
        classifier.out                       = SequenceClassification.output
        """);

    [Theory]
    [InlineData("backbone.layers.11.output.weight", "bert.layer.11.out.weight")]
    [InlineData("backbone.layers.0.exception.bias", "bert.layer.0.out.special.bias")]
    [InlineData("backbone.groups.1.22.query.weight", "bert.groups.1.22.q_lin.weight")]
    [InlineData("backbone.groups.1.22.value.weight", "bert.groups.1.22.v_lin.weight")]
    [InlineData("backbone.biased.weight", "bert.biased.weight")]
    [InlineData("backbone.plain.bias", "bert.plain.bias")]
    [InlineData("head.output.bias", "classifier.bias")]
    [InlineData("TokenClassification.output.bias", "classifier.bias")]
    [InlineData("SequenceClassification.output.bias", "classifier.out.bias")]
    public void OursArePublishedUnderTheirNames(string ours, string published)
    {
        var tensor = Table.Publish(ours);
        Assert.Equal([published], tensor.Names);
        Assert.Equal(1, tensor.Parts);
        Assert.False(tensor.Transposed);
    }

    [Fact]
    public void WhatIsPackedHereIsApartThere()
    {
        var tensor = Table.Publish("backbone.layers.3.projection.weight");
        Assert.Equal(["bert.layer.3.self.query.weight", "bert.layer.3.self.key.weight", "bert.layer.3.self.value.weight"], tensor.Names);
    }

    [Fact]
    public void WhatIsApartHereIsPackedThere()
    {
        var tensor = Table.Publish("backbone.right.weight");
        Assert.Equal(["bert.c_attn.weight"], tensor.Names);
        Assert.Equal((1, 2, true), (tensor.Part, tensor.Parts, tensor.Transposed));
    }

    [Theory]
    [InlineData("bert.layer.0.out.weight", "bert.layer.0.out.weight")]
    [InlineData("layer.0.out.weight", "bert.layer.0.out.weight")]
    [InlineData("module.bert.layer.0.out.weight", "bert.layer.0.out.weight")]
    [InlineData("bert.layer.0.out.gamma", "bert.layer.0.out.weight")]
    [InlineData("layer.0.out.beta", "bert.layer.0.out.bias")]
    [InlineData("old.deep.plain.weight", "bert.plain.weight")]
    [InlineData("module.old.deep.plain.weight", "bert.plain.weight")]
    [InlineData("something.else", "something.else")]
    public void OldSpellingsBecomeThePublishedOnes(string found, string published) => Assert.Equal(published, Table.Normalise(found));

    [Fact]
    public void HeadsAndUnusedTensorsMayBeLeftAside()
    {
        Assert.True(Table.IsOptional("bert.position_ids"));
        Assert.True(Table.IsOptional("bert.biased.weight"));
        Assert.True(Table.IsOptional("classifier.weight"));
        Assert.False(Table.IsOptional("bert.layer.12.out.weight"));
        Assert.False(Table.IsOptional("stranger"));
    }

    [Fact]
    public void ATensorThatNoRuleNamesIsAnError() =>
        Assert.Contains("backbone.stranger", Assert.Throws<InvalidOperationException>(() => Table.Publish("backbone.stranger")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a.b c")]
    [InlineData("a.b = c | turn")]
    [InlineData("a.{b,c} = d.{e,f,g}")]
    [InlineData("a.{b,c}.{d,e} = f")]
    [InlineData("a.c = b | transpose", "a.b = b\n")]
    public void ALineThatIsNoRuleIsNamed(string line, string before = "") =>
        Assert.Contains(line.Split('=')[0].Trim(), Assert.Throws<FormatException>(() => NameTable.Parse(before + line)).Message, StringComparison.Ordinal);
}
