package main
import ("testing";"io";"os";"time")
func TestZZProf(t *testing.T){
 os.Chdir("/work/shared/corpus/airflow")
 n:=20
 start:=time.Now()
 for range n { e := env{stdin: os.Stdin, stdout: io.Discard, stderr: io.Discard, getenv: os.Getenv, now: time.Now, terminal: func(io.Writer) bool {return false}}
 e.run([]string{"check"}) }
 t.Log(time.Since(start)/time.Duration(n))
}
