using static TorchSharp.Bridge.Operators;

namespace TorchSharp;

public static partial class torch
{
    // Random numbers in place, and draws from the numbers that are there.
    public partial class Tensor
    {
        public Tensor bernoulli(Generator? generator = null) => Call("aten::bernoulli", this, generator);
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => InPlace("aten::bernoulli_.float", this, p, generator);
        public Tensor bernoulli_(Tensor p, Generator? generator = null) => InPlace("aten::bernoulli_.Tensor", this, p, generator);
        public Tensor cauchy_(double median = 0, double sigma = 1, Generator? generator = null) => InPlace("aten::cauchy_", this, median, sigma, generator);
        public Tensor exponential_(double lambda = 1, Generator? generator = null) => InPlace("aten::exponential_", this, lambda, generator);
        public Tensor geometric_(double p, Generator? generator = null) => InPlace("aten::geometric_", this, p, generator);
        public Tensor log_normal_(double mean = 0, double std = 1, Generator? generator = null) => InPlace("aten::log_normal_", this, mean, std, generator);
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => InPlace("aten::normal_", this, mean, std, generator);
        public Tensor uniform_(double from, double to, Generator? generator = null) => InPlace("aten::uniform_", this, from, to, generator);
        public Tensor random_(double from, double to, Generator? generator = null) => InPlace("aten::random_.from", this, (long)from, (long)to, generator);
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) => Call("aten::multinomial", this, num_samples, replacement, generator);
        public Tensor poisson(Generator? generator = null) => Call("aten::poisson", this, generator);
    }
}
