#!/bin/sh
for file in $(ls *.txt); do
  echo $file
done
if [ $1 == yes ]; then read line; fi
